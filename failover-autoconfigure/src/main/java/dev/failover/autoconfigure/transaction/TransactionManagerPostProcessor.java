package dev.failover.autoconfigure.transaction;

import dev.failover.topology.FailoverStates;
import dev.failover.transaction.CommitOutcomeListener;
import dev.failover.transaction.CommitOutcomeTranslator;
import dev.failover.transaction.FailoverExceptionTranslator;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Makes each transaction manager, Boot's or the application's own, tell a lost commit
 * from other failures. A translator that a manager has goes on to translate the rest.
 * <p>
 * Runs before proxies are made.
 */
final class TransactionManagerPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private final FailoverStates states;

	TransactionManagerPostProcessor(FailoverStates states) {
		this.states = states;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof JdbcTransactionManager manager) {
			SQLExceptionTranslator own = manager.getExceptionTranslator();
			manager.setExceptionTranslator(
					new CommitOutcomeTranslator(this.states, new FailoverExceptionTranslator(this.states, () -> own)));
		}
		if (bean instanceof ConfigurableTransactionManager manager) {
			manager.addListener(new CommitOutcomeListener(this.states));
		}
		return bean;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
