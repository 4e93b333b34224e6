package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.internal.engine.FailoverRuntime;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Auto-configuration of a data source that survives the loss of its database: on as soon
 * as a mirror is configured.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class,
		afterName = "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
@ConditionalOnClass({ HikariDataSource.class, CircuitBreaker.class, AbstractRoutingDataSource.class })
@ConditionalOnBooleanProperty(name = "failover.enabled", matchIfMissing = true)
@Conditional(OnMirrorCondition.class)
@EnableConfigurationProperties({ FailoverProperties.class, DataSourceProperties.class })
@Import(FailoverDataSourceConfiguration.class)
public final class FailoverAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FailoverAutoConfiguration.class);

	/**
	 * Says once that there is no failover although a mirror is configured.
	 */
	@Bean
	static SmartInitializingSingleton failoverStandsBack(ObjectProvider<FailoverRuntime> runtime) {
		return () -> {
			if (runtime.getIfAvailable() == null) {
				logger.warn("A mirror is configured, but the application defines a DataSource bean of its own: "
						+ "failover stands back. Remove that bean to have it, or set failover.enabled=false to silence this");
			}
		};
	}

}
