package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import dev.failover.monitor.FailoverRuntime;

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
@Import(FailoverDataSourceConfiguration.class)
public final class FailoverAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FailoverAutoConfiguration.class);

	private static final String MIRROR_URL = "failover.mirror.url";

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

	/**
	 * A mirror is configured, or something provides one.
	 */
	static final class OnMirror extends SpringBootCondition implements ConfigurationCondition {

		@Override
		public ConfigurationPhase getConfigurationPhase() {
			return ConfigurationPhase.REGISTER_BEAN;
		}

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConditionMessage.Builder message = ConditionMessage.forCondition("failover mirror");
			if (context.getEnvironment().containsProperty(MIRROR_URL)) {
				return ConditionOutcome.match(message.foundExactly("property " + MIRROR_URL));
			}
			if (isProvided(context.getBeanFactory())) {
				return ConditionOutcome.match(message.foundExactly("bean of type MirrorConnectionDetails"));
			}
			return ConditionOutcome.noMatch(message.didNotFind("property").items(MIRROR_URL));
		}

		private static boolean isProvided(@Nullable ListableBeanFactory beans) {
			return beans != null && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans,
					MirrorConnectionDetails.class, true, false).length > 0;
		}

	}

}
