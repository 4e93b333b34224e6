package dev.failover.autoconfigure.transaction;

import dev.failover.Failover;
import org.hibernate.engine.spi.SessionImplementor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/**
 * Auto-configuration for an application with JPA and Hibernate: the connections of its
 * sessions, and the exceptions that it receives when its node is lost.
 * {@link FailoverTransactionConfiguration} does the same for JDBC.
 */
@AutoConfiguration(afterName = "dev.failover.autoconfigure.FailoverAutoConfiguration")
@ConditionalOnClass({ JpaTransactionManager.class, HibernateJpaDialect.class, SessionImplementor.class })
@ConditionalOnBean(Failover.class)
public final class FailoverHibernateAutoConfiguration {

	@Bean
	static HibernateDialectPostProcessor failoverHibernateDialectPostProcessor(
			ObjectProvider<SQLExceptionTranslator> translators) {
		return new HibernateDialectPostProcessor(translators);
	}

	@Bean
	static HibernateSessionPostProcessor failoverHibernateSessionPostProcessor() {
		return new HibernateSessionPostProcessor();
	}

}
