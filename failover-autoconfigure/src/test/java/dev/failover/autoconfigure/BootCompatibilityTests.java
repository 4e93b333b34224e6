package dev.failover.autoconfigure;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Failover;
import dev.failover.autoconfigure.endpoint.FailoverEndpointAutoConfiguration;
import dev.failover.autoconfigure.health.FailoverHealthAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.TestDatabaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that what works with Boot's own data source works with that of failover, or is
 * refused with the way out.
 */
@ExtendWith(OutputCaptureExtension.class)
final class BootCompatibilityTests {

	private final String primary = url();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, FailoverEndpointAutoConfiguration.class,
				FailoverHealthAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*", "spring.datasource.url=" + this.primary,
				"spring.datasource.username=sa", "spring.datasource.hikari.connection-timeout=60000",
				"failover.mirror.url=" + url());

	private static String url() {
		return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
	}

	@ParameterizedTest
	@ValueSource(strings = { "ANY", "NON_TEST", "AUTO_CONFIGURED" })
	void aTestDatabaseReplacesTheDataSourceAndFailoverConnectsToNoNode(String replace, CapturedOutput output) {
		this.contextRunner.withConfiguration(AutoConfigurations.of(TestDatabaseAutoConfiguration.class))
			.withPropertyValues("spring.test.database.replace=" + replace,
					"spring.datasource.url=jdbc:postgresql://127.0.0.1:1/a",
					"failover.mirror.url=jdbc:postgresql://127.0.0.1:2/a")
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(DataSource.class);
				assertThat(context.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class)).isOne();
				assertThat(context).doesNotHaveBean("failoverInitializer")
					.doesNotHaveBean("failoverEndpoint")
					.doesNotHaveBean("dbHealthContributor");
				assertThat(output).doesNotContain("HikariPool", "primary - Starting", "Node 'primary'");
			});
	}

	@Test
	void withoutReplacementATestUsesTheFailoverDataSource() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(TestDatabaseAutoConfiguration.class))
			.withPropertyValues("spring.test.database.replace=NONE")
			.run((context) -> assertThat(context).hasBean("failoverInitializer").hasBean("dbHealthContributor"));
	}

	@Test
	void aDataSourceOfAnotherUserCanBeDerivedOnTheNodeThatTakesWrites() {
		this.contextRunner.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create user migrations password 'other' admin");
			SimpleDriverDataSource derived = DataSourceBuilder.derivedFrom(context.getBean(DataSource.class))
				.type(SimpleDriverDataSource.class)
				.username("migrations")
				.password("other")
				.build();
			assertThat(derived.getUrl()).isEqualTo(this.primary);
			assertThat(new JdbcTemplate(derived).queryForObject("select current_user", String.class))
				.isEqualTo("MIGRATIONS");
			assertThat(DataSourceBuilder.derivedFrom(context.getBean(DataSource.class)).username("migrations").build())
				.isInstanceOf(HikariDataSource.class);
		});
	}

	@Test
	void theDataSourceAnswersWhatItCan() {
		this.contextRunner.run((context) -> {
			DataSource dataSource = context.getBean(DataSource.class);
			assertThat(dataSource.getLoginTimeout()).isEqualTo(60);
			assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
				.isThrownBy(() -> dataSource.setLoginTimeout(3))
				.withMessageContaining("spring.datasource.hikari.connection-timeout");
			assertThat(dataSource.isWrapperFor(HikariDataSource.class)).isFalse();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> dataSource.unwrap(HikariDataSource.class))
				.withMessageContaining("dev.failover.Failover");
		});
	}

	@Test
	void anApplicationThatRequiresThePoolIsToldWhatToInject(CapturedOutput output) {
		SpringApplication application = new SpringApplication(NeedsPool.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(
				() -> application.run("--spring.datasource.url=" + this.primary, "--failover.mirror.url=" + url()));
		assertThat(output).contains("each node has a pool", "Inject javax.sql.DataSource", Failover.class.getName());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class })
	static class NeedsPool {

		@Bean
		String poolName(HikariDataSource pool) {
			return pool.getPoolName();
		}

	}

}
