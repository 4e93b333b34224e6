package dev.failover.autoconfigure.info;

import dev.failover.Failover;
import dev.failover.actuator.FailoverInfoContributor;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the entry {@code failover} of the endpoint {@code info}.
 */
@AutoConfiguration(after = InfoContributorAutoConfiguration.class,
		afterName = "dev.failover.autoconfigure.FailoverAutoConfiguration")
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnBean(Failover.class)
@ConditionalOnEnabledInfoContributor("failover")
public final class FailoverInfoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailoverInfoContributor failoverInfoContributor(Failover failover) {
		return new FailoverInfoContributor(failover);
	}

}
