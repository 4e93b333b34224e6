package dev.failover.autoconfigure.transaction;

import java.util.function.Supplier;

import dev.failover.FailoverState;
import dev.failover.internal.transaction.CommitOutcomeListener;
import dev.failover.internal.transaction.CommitOutcomeTranslator;
import dev.failover.internal.transaction.FailoverExceptionTranslator;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes each transaction manager, Boot's or the application's own, tell a lost commit
 * from other failures. A translator that a manager has goes on to translate the rest.
 * <p>
 * Runs before proxies are made.
 */
final class TransactionManagerPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private final Supplier<FailoverState> states;

	TransactionManagerPostProcessor(Supplier<FailoverState> states) {
		this.states = states;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof JdbcTransactionManager manager) {
			manager.addListener(new Translation(manager, this.states));
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

	/**
	 * Gives a manager our translator when its first transaction begins: a manager that is
	 * asked for its own makes it then, for which no start has to wait.
	 */
	private static final class Translation implements TransactionExecutionListener {

		private final SingletonSupplier<SQLExceptionTranslator> translator;

		Translation(JdbcTransactionManager manager, Supplier<FailoverState> states) {
			this.translator = SingletonSupplier.of(() -> {
				SQLExceptionTranslator own = manager.getExceptionTranslator();
				SQLExceptionTranslator ours = new CommitOutcomeTranslator(states,
						new FailoverExceptionTranslator(states, () -> own));
				manager.setExceptionTranslator(ours);
				return ours;
			});
		}

		@Override
		public void beforeBegin(TransactionExecution transaction) {
			this.translator.get();
		}

	}

}
