package dev.failover.autoconfigure;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.internal.engine.FailoverRuntime;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.XADataSourceWrapper;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Auto-configuration for a data source that fails over to a mirror. Active if a mirror is
 * configured.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class, after = XADataSourceAutoConfiguration.class,
		afterName = { "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
				"org.springframework.boot.jdbc.test.autoconfigure.TestDatabaseAutoConfiguration" })
@ConditionalOnClass({ HikariDataSource.class, CircuitBreaker.class, AbstractRoutingDataSource.class })
@ConditionalOnBooleanProperty(name = "failover.enabled", matchIfMissing = true)
@Conditional(FailoverAutoConfiguration.MirrorCondition.class)
@EnableConfigurationProperties({ FailoverProperties.class, DataSourceProperties.class })
@Import(FailoverDataSourceConfiguration.class)
public final class FailoverAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FailoverAutoConfiguration.class);

	/**
	 * Logs a warning if there is no failover although a mirror is configured.
	 */
	@Bean
	static SmartInitializingSingleton failoverBackOffWarning(ObjectProvider<FailoverRuntime> runtime,
			Environment environment, ListableBeanFactory beans) {
		return () -> {
			if (runtime.getIfAvailable() == null) {
				logger
					.warn("Failover is off although a mirror is configured, because {}, or set failover.enabled=false "
							+ "to suppress this warning", backOffReason(environment, beans));
			}
		};
	}

	private static String backOffReason(Environment environment, ListableBeanFactory beans) {
		if (beans.getBeanNamesForType(XADataSourceWrapper.class, true, false).length > 0) {
			return "the application has an XADataSourceWrapper: distributed transactions need Boot's own XA data "
					+ "source. Remove that bean to turn failover on";
		}
		String mismatch = ReplicaCondition.mismatch(environment);
		return (mismatch != null)
				? mismatch + ". The application has Boot's own data source. Correct the URL to turn failover on"
				: "the application defines its own DataSource bean. Remove that bean to turn failover on";
	}

	/**
	 * Matches if a mirror is configured by its URL or by connection details.
	 */
	static final class MirrorCondition extends AnyNestedCondition {

		MirrorCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@Conditional(UrlCondition.class)
		static final class UrlProperty {

		}

		@ConditionalOnBean(MirrorConnectionDetails.class)
		static final class ConnectionDetailsBean {

		}

	}

	/**
	 * Matches if the URL of a mirror is set and not blank.
	 */
	static final class UrlCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConditionMessage.Builder message = ConditionMessage.forCondition("mirror URL");
			List<String> urls = MirrorUrls.find(context.getEnvironment())
				.stream()
				.map((mirror) -> mirror.prefix() + ".url")
				.toList();
			return urls.isEmpty()
					? ConditionOutcome.noMatch(message.didNotFind("any of the properties")
						.items(ConfiguredNode.MIRROR_PREFIX + ".url", ConfiguredNode.MIRRORS_PREFIX + ".<name>.url"))
					: ConditionOutcome.match(message.found("property", "properties").items(urls));
		}

	}

}
