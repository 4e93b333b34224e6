package dev.failover.autoconfigure.transaction;

import java.sql.SQLException;

import dev.failover.internal.transaction.CommitOutcomeTranslator;
import dev.failover.internal.transaction.FailoverExceptionTranslator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/**
 * Sets the translators of failover on Hibernate's JPA dialect, which a transaction
 * manager shares with its entity manager factory. Errors that do not come from a lost or
 * read-only node are translated as without failover: by the application's own translator
 * bean, or else by Spring's default.
 */
final class HibernateDialectPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private static final SQLExceptionTranslator TRANSACTIONS = new SQLExceptionSubclassTranslator();

	private final ObjectProvider<SQLExceptionTranslator> beans;

	HibernateDialectPostProcessor(ObjectProvider<SQLExceptionTranslator> beans) {
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof JpaTransactionManager manager
				&& manager.getJpaDialect() instanceof HibernateJpaDialect dialect) {
			dialect.setJdbcExceptionTranslator(new CommitOutcomeTranslator(work()));
		}
		return bean;
	}

	private SQLExceptionTranslator work() {
		SQLExceptionTranslator unique = this.beans.getIfUnique();
		return (unique != null && !(unique instanceof FailoverExceptionTranslator)) ? unique
				: new FailoverExceptionTranslator(() -> HibernateDialectPostProcessor::translateByDefault);
	}

	/**
	 * Translates as Spring does by default: Hibernate converts the errors of statements
	 * itself, Spring those of transactions (Spring Framework 7.0.10,
	 * {@code HibernateExceptionTranslator}).
	 */
	private static @Nullable DataAccessException translateByDefault(String task, @Nullable String sql,
			SQLException ex) {
		return task.startsWith("Hibernate transaction") ? TRANSACTIONS.translate(task, sql, ex) : null;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
