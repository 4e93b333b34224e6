package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
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
@Conditional(FailoverAutoConfiguration.OnMirror.class)
@EnableConfigurationProperties({ FailoverProperties.class, DataSourceProperties.class })
@Import({ StandBackConfiguration.class, FailoverDataSourceConfiguration.class })
public final class FailoverAutoConfiguration {

	/**
	 * A mirror is configured, or something provides one.
	 */
	static final class OnMirror extends AnyNestedCondition {

		OnMirror() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty("failover.mirror.url")
		static final class Configured {

		}

		@ConditionalOnBean(MirrorConnectionDetails.class)
		static final class Provided {

		}

	}

}
