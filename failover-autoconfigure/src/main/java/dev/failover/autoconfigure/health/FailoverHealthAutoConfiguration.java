package dev.failover.autoconfigure.health;

import dev.failover.Failover;
import dev.failover.actuator.FailoverHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the health component {@code db}.
 * <p>
 * Replaces Boot's own indicator, which checks every pool and is down as soon as one node
 * is. That one backs off because this bean has its name.
 */
@AutoConfiguration(before = DataSourceHealthContributorAutoConfiguration.class,
		afterName = "dev.failover.autoconfigure.FailoverAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Failover.class)
@ConditionalOnEnabledHealthIndicator("db")
public final class FailoverHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "dbHealthIndicator", "dbHealthContributor" })
	FailoverHealthIndicator dbHealthContributor(Failover failover) {
		return new FailoverHealthIndicator(failover);
	}

}
