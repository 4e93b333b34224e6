package dev.failover.autoconfigure.metrics;

import java.time.Clock;

import dev.failover.Failover;
import dev.failover.actuator.FailoverMetrics;
import dev.failover.internal.doctor.Doctor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the meters of failover and of the breakers.
 */
@AutoConfiguration(afterName = { "dev.failover.autoconfigure.FailoverAutoConfiguration",
		"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerMetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ Failover.class, MeterRegistry.class })
public final class FailoverMetricsAutoConfiguration {

	/**
	 * Creates the meters. They are also an observer, and observers are created before the
	 * engine, so state and findings are looked up when they are needed.
	 */
	@Bean
	@ConditionalOnMissingBean
	FailoverMetrics failoverMetrics(ObjectProvider<Failover> failover, ObjectProvider<Doctor> doctor) {
		return new FailoverMetrics(failover::getObject, doctor::getIfAvailable, Clock.systemUTC());
	}

	/**
	 * Binds the breakers, unless Resilience4j's own auto-configuration does.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TaggedCircuitBreakerMetrics.class)
	@ConditionalOnSingleCandidate(CircuitBreakerRegistry.class)
	@ConditionalOnBooleanProperty(name = "resilience4j.circuitbreaker.metrics.enabled", matchIfMissing = true)
	static class BreakerMetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean({ TaggedCircuitBreakerMetrics.class, TaggedCircuitBreakerMetricsPublisher.class })
		TaggedCircuitBreakerMetrics failoverBreakerMetrics(CircuitBreakerRegistry breakers) {
			return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
		}

	}

}
