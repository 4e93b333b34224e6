package dev.failover.autoconfigure.observation;

import dev.failover.Failover;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the observations of failover.
 */
@AutoConfiguration(afterName = { "dev.failover.autoconfigure.FailoverAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ Failover.class, ObservationRegistry.class })
final class FailoverObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailoverObservations failoverObservations(ObservationRegistry registry) {
		return new FailoverObservations(registry);
	}

}
