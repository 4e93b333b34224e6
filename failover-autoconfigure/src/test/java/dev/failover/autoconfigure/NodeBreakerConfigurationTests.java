package dev.failover.autoconfigure;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BreakerRegistration}.
 */
final class NodeBreakerConfigurationTests {

	private final ApplicationContextRunner withoutRegistry = FailoverContextRunners.withMirror();

	private final ApplicationContextRunner contextRunner = this.withoutRegistry
		.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class));

	@Test
	void registersABreakerForEachNodeWithTheConfiguredThresholds() {
		this.contextRunner
			.withPropertyValues("failover.detection.failure-threshold=4", "failover.detection.recovery-threshold=6")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				assertThat(registry.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
					.containsExactlyInAnyOrder("failover-primary", "failover-mirror");
				CircuitBreakerConfig config = registry.circuitBreaker("failover-primary").getCircuitBreakerConfig();
				assertThat(config.getSlidingWindowSize()).isEqualTo(4);
				assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(6);
			});
	}

	@Test
	void usesABreakerThatTheApplicationConfigures() {
		String instance = "resilience4j.circuitbreaker.instances.failover-primary.";
		this.contextRunner
			.withPropertyValues(instance + "sliding-window-size=9", instance + "minimum-number-of-calls=8")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				CircuitBreakerConfig primary = registry.circuitBreaker("failover-primary").getCircuitBreakerConfig();
				assertThat(primary.getSlidingWindowSize()).isEqualTo(9);
				assertThat(primary.getMinimumNumberOfCalls()).isEqualTo(8);
				assertThat(registry.circuitBreaker("failover-mirror").getCircuitBreakerConfig().getSlidingWindowSize())
					.isEqualTo(2);
			});
	}

	@Test
	void doesNotUseABreakerOfTheApplicationThatHasTheNameOfANode() {
		this.contextRunner
			.withPropertyValues("resilience4j.circuitbreaker.instances.primary.sliding-window-size=9",
					"resilience4j.circuitbreaker.instances.primary.minimum-number-of-calls=8")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				CircuitBreaker ours = registry.circuitBreaker("failover-primary");
				assertThat(ours.getCircuitBreakerConfig().getSlidingWindowSize()).isEqualTo(2);
				Awaitility.await().until(() -> ours.getState() == CircuitBreaker.State.OPEN);
				CircuitBreaker own = registry.circuitBreaker("primary");
				assertThat(own.getCircuitBreakerConfig().getSlidingWindowSize()).isEqualTo(9);
				assertThat(own.getMetrics().getNumberOfBufferedCalls()).isZero();
			});
	}

	@Test
	void definesARegistryIfThereIsNone() {
		this.withoutRegistry
			.run((context) -> assertThat(context.getBean(CircuitBreakerRegistry.class).find("failover-primary"))
				.isPresent());
	}

}
