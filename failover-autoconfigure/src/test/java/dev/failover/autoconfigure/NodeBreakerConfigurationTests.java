package dev.failover.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The breaker of each node: where it lives, and whose settings it has.
 */
final class NodeBreakerConfigurationTests {

	private final ApplicationContextRunner mirrored = MirroredContexts.mirrored();

	@Test
	void breakersAreInTheRegistryWithOurThresholds() {
		this.mirrored.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
			.withPropertyValues("failover.detection.failure-threshold=4", "failover.detection.recovery-threshold=6")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				assertThat(registry.getAllCircuitBreakers()).extracting((breaker) -> breaker.getName())
					.containsExactlyInAnyOrder("primary", "mirror");
				CircuitBreakerConfig config = registry.circuitBreaker("primary").getCircuitBreakerConfig();
				assertThat(config.getSlidingWindowSize()).isEqualTo(4);
				assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(6);
			});
	}

	@Test
	void aBreakerThatTheApplicationConfiguresWins() {
		this.mirrored.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
			.withPropertyValues("resilience4j.circuitbreaker.instances.primary.sliding-window-size=9",
					"resilience4j.circuitbreaker.instances.primary.minimum-number-of-calls=8")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				CircuitBreakerConfig primary = registry.circuitBreaker("primary").getCircuitBreakerConfig();
				assertThat(primary.getSlidingWindowSize()).isEqualTo(9);
				assertThat(primary.getMinimumNumberOfCalls()).isEqualTo(8);
				assertThat(registry.circuitBreaker("mirror").getCircuitBreakerConfig().getSlidingWindowSize())
					.isEqualTo(2);
			});
	}

	@Test
	void bringsARegistryWhereThereIsNone() {
		this.mirrored
			.run((context) -> assertThat(context.getBean(CircuitBreakerRegistry.class).find("primary")).isPresent());
	}

}
