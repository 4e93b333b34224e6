package dev.failover.autoconfigure;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Says once that the application's own data source is left alone.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(StandBackConfiguration.OnOwnDataSource.class)
class StandBackConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FailoverAutoConfiguration.class);

	@Bean
	SmartInitializingSingleton failoverStandsBack() {
		return () -> logger.warn("A mirror is configured, but the application defines a DataSource bean of its own: "
				+ "failover stands back. Remove that bean to have it, or set failover.enabled=false to silence this");
	}

	/**
	 * The application has a data source of its own, distributed or not.
	 */
	static final class OnOwnDataSource extends AnyNestedCondition {

		OnOwnDataSource() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(DataSource.class)
		static final class Plain {

		}

		@ConditionalOnBean(XADataSource.class)
		static final class Distributed {

		}

	}

}
