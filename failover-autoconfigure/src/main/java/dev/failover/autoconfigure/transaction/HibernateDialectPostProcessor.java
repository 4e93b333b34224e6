package dev.failover.autoconfigure.transaction;

import java.sql.SQLException;
import java.util.function.Supplier;

import dev.failover.FailoverState;
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
 * Gives Hibernate's dialect, which a JPA transaction manager shares with its entity
 * manager factory, the translators of failover. What is none of failover's concern is
 * translated as without it: by the application's own translator bean, else as Spring does
 * by default.
 */
final class HibernateDialectPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private static final SQLExceptionTranslator TRANSACTIONS = new SQLExceptionSubclassTranslator();

	private final Supplier<FailoverState> states;

	private final ObjectProvider<SQLExceptionTranslator> beans;

	HibernateDialectPostProcessor(Supplier<FailoverState> states, ObjectProvider<SQLExceptionTranslator> beans) {
		this.states = states;
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof JpaTransactionManager manager
				&& manager.getJpaDialect() instanceof HibernateJpaDialect dialect) {
			dialect.setJdbcExceptionTranslator(new CommitOutcomeTranslator(this.states, work()));
		}
		return bean;
	}

	private SQLExceptionTranslator work() {
		SQLExceptionTranslator unique = this.beans.getIfUnique();
		return (unique != null && !(unique instanceof FailoverExceptionTranslator)) ? unique
				: new FailoverExceptionTranslator(this.states, () -> HibernateDialectPostProcessor::byDefault);
	}

	/**
	 * Hibernate converts the errors of statements itself, Spring those of transactions
	 * (read in Spring Framework 7.0.10, {@code HibernateExceptionTranslator}).
	 */
	private static @Nullable DataAccessException byDefault(String task, @Nullable String sql, SQLException ex) {
		return task.startsWith("Hibernate transaction") ? TRANSACTIONS.translate(task, sql, ex) : null;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
