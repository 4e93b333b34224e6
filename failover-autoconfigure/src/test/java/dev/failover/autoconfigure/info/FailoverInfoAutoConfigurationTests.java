package dev.failover.autoconfigure.info;

import java.util.Map;

import dev.failover.Failover;
import dev.failover.StubFailover;
import dev.failover.actuator.FailoverInfoContributor;
import dev.failover.FailoverStateFixture;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverInfoAutoConfiguration}.
 */
class FailoverInfoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(InfoContributorAutoConfiguration.class,
				InfoEndpointAutoConfiguration.class, FailoverInfoAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=info");

	@Test
	void showsVersionBudgetAndNodes() {
		withFailover().run(
				(context) -> assertThat(context.getBean(InfoEndpoint.class).info()).containsEntry("failover",
						Map.of("version", "unknown", "detectionBudget", "PT1.75S", "nodes", Map.of("primary",
								Map.of("address", "primary.example:1/orders", "server", "Database 18.1"), "mirror",
								Map.of("address", "mirror.example:1/orders", "server", "Database 18.1")))));
	}

	@Test
	void canBeSwitchedOff() {
		withFailover().withPropertyValues("management.info.failover.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverInfoContributor.class));
	}

	@Test
	void isSwitchedOffWithTheDefaultContributors() {
		withFailover().withPropertyValues("management.info.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverInfoContributor.class));
	}

	@Test
	void isAbsentWithoutFailover() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(FailoverInfoContributor.class));
	}

	private ApplicationContextRunner withFailover() {
		return this.contextRunner.withBean(Failover.class, () -> new StubFailover(FailoverStateFixture::normal));
	}

}
