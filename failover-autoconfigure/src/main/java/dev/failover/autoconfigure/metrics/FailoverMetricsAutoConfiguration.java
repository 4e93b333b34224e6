package dev.failover.autoconfigure.metrics;

import java.time.Clock;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.failover.Failover;
import dev.failover.Node;
import dev.failover.actuator.FailoverMetrics;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.engine.FailoverRuntime;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.metadata.HikariDataSourcePoolMetadata;
import org.springframework.boot.jdbc.metrics.DataSourcePoolMetrics;
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
	 * Describes the meters of the observations.
	 */
	@Bean
	static MeterFilter failoverObservationDescriptions() {
		return new ObservationDescriptions();
	}

	/**
	 * Binds the pools of all nodes as Boot binds the pools that are beans: HikariCP's own
	 * meters, and those of its data sources by the name of the node.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HikariDataSource.class, DataSourcePoolMetrics.class })
	@ConditionalOnBean(FailoverRuntime.class)
	static class PoolMetricsConfiguration {

		@Bean
		MeterBinder failoverPoolMetrics(FailoverRuntime runtime) {
			return (registry) -> runtime.whenPoolsExist((node, pool) -> bind(node, pool, registry));
		}

		private static void bind(Node node, HikariDataSource pool, MeterRegistry registry) {
			if (pool.getMetricRegistry() == null && pool.getMetricsTrackerFactory() == null) {
				pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
			}
			new DataSourcePoolMetrics(pool, (same) -> new HikariDataSourcePoolMetadata(pool), node.name(), List.of())
				.bindTo(registry);
		}

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
