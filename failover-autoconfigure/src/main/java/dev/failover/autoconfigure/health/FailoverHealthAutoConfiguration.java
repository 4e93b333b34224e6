package dev.failover.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import dev.failover.Failover;
import dev.failover.actuator.FailoverHealthIndicator;
import dev.failover.internal.routing.FailoverDataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
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

	/**
	 * Creates the health of the failover data source and, beside it and under the same
	 * names as Boot, of the application's other data sources.
	 */
	@Bean
	@ConditionalOnMissingBean(name = { "dbHealthIndicator", "dbHealthContributor" })
	HealthContributor dbHealthContributor(Failover failover, ConfigurableListableBeanFactory beans,
			ObjectProvider<DataSourcePoolMetadataProvider> metadata) {
		DataSourcePoolMetadataProvider pools = new CompositeDataSourcePoolMetadataProvider(
				metadata.orderedStream().toList());
		FailoverHealthIndicator own = new FailoverHealthIndicator(failover);
		Map<String, HealthContributor> all = new LinkedHashMap<>();
		SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, DataSource.class, false, true)
			.forEach((name, dataSource) -> all.put(name,
					FailoverDataSource.isIn(dataSource) ? own : indicator(dataSource, pools)));
		return (all.size() > 1) ? CompositeHealthContributor.fromMap(all) : own;
	}

	private static HealthContributor indicator(DataSource dataSource, DataSourcePoolMetadataProvider pools) {
		DataSourcePoolMetadata pool = pools.getDataSourcePoolMetadata(dataSource);
		return new DataSourceHealthIndicator(dataSource, (pool != null) ? pool.getValidationQuery() : null);
	}

}
