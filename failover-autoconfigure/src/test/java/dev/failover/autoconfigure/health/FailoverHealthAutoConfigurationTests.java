package dev.failover.autoconfigure.health;

import java.sql.SQLException;

import javax.sql.DataSource;

import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.StubFailover;
import dev.failover.actuator.FailoverHealthIndicator;
import dev.failover.FailoverStateFixture;
import dev.failover.internal.routing.FailoverDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link FailoverHealthAutoConfiguration}.
 */
class FailoverHealthAutoConfigurationTests {

	private final DataSource dataSource = mock(DataSource.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
				DataSourceHealthContributorAutoConfiguration.class, FailoverHealthAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=health")
		.withBean("dataSource", DataSource.class, () -> this.dataSource);

	@BeforeEach
	void prepare() throws SQLException {
		given(this.dataSource.isWrapperFor(FailoverDataSource.class)).willReturn(true);
	}

	@Test
	void replacesTheIndicatorOfBoot() {
		withState(FailoverStateFixture.normal()).run((context) -> {
			assertThat(context).hasSingleBean(FailoverHealthIndicator.class)
				.getBean("dbHealthContributor")
				.isInstanceOf(FailoverHealthIndicator.class);
			assertThat(context.getBeanNamesForType(HealthContributor.class)).filteredOn((name) -> name.startsWith("db"))
				.containsExactly("dbHealthContributor");
		});
	}

	@Test
	void theApplicationIsUpWhileTheMirrorServesReads() {
		withState(FailoverStateFixture.readOnly()).run((context) -> {
			HealthDescriptor health = context.getBean(HealthEndpoint.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(((CompositeHealthDescriptor) health).getComponents()).containsKey("db");
		});
	}

	@Test
	void theApplicationIsDownWhileNoNodeServes() {
		withState(FailoverStateFixture.unavailable())
			.run((context) -> assertThat(context.getBean(HealthEndpoint.class).health().getStatus())
				.isEqualTo(Status.DOWN));
	}

	@Test
	void opensNoConnection() {
		withState(FailoverStateFixture.normal()).run((context) -> {
			context.getBean(HealthEndpoint.class).health();
			then(this.dataSource).should(never()).getConnection();
		});
	}

	@Test
	void otherDataSourcesKeepTheirHealthUnderTheNamesOfBoot() {
		withState(FailoverStateFixture.normal()).withUserConfiguration(SecondDataSource.class).run((context) -> {
			assertThat(context.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.DOWN);
			CompositeHealthContributor all = context.getBean("dbHealthContributor", CompositeHealthContributor.class);
			assertThat(all.stream().map(HealthContributors.Entry::name)).containsExactlyInAnyOrder("dataSource",
					"reports");
			assertThat(all.getContributor("dataSource")).isInstanceOf(FailoverHealthIndicator.class);
			assertThat(all.getContributor("reports")).isInstanceOf(DataSourceHealthIndicator.class);
		});
	}

	@Test
	void backsOffForAnIndicatorOfTheApplication() {
		HealthIndicator own = () -> Health.up().build();
		withState(FailoverStateFixture.normal()).withBean("dbHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverHealthIndicator.class));
	}

	@Test
	void canBeSwitchedOff() {
		withState(FailoverStateFixture.normal()).withPropertyValues("management.health.db.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("dbHealthContributor"));
	}

	@Test
	void keepsTheIndicatorOfBootWithoutFailover() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(FailoverHealthIndicator.class)
			.hasBean("dbHealthContributor"));
	}

	@Configuration(proxyBeanMethods = false)
	static class SecondDataSource {

		@Bean(defaultCandidate = false)
		DataSource reports() {
			return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/reports");
		}

	}

	private ApplicationContextRunner withState(FailoverState state) {
		return this.contextRunner.withBean(Failover.class, () -> new StubFailover(() -> state));
	}

}
