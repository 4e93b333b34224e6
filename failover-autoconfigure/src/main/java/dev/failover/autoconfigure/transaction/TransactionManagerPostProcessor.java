package dev.failover.autoconfigure.transaction;

import java.util.function.Supplier;

import dev.failover.Route;
import dev.failover.internal.routing.SerializableReads;
import dev.failover.internal.routing.TransactionIntention;
import dev.failover.internal.transaction.CommitOutcomeListener;
import dev.failover.internal.transaction.CommitOutcomeTranslator;
import dev.failover.internal.transaction.FailoverExceptionTranslator;
import dev.failover.internal.transaction.LostTransactionListener;
import dev.failover.internal.transaction.RefusedBeginListener;
import dev.failover.internal.transaction.SerializableReadsSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * Adds listeners to each transaction manager, Boot's or the application's own. They
 * detect lost commits, tell the data source of each transaction before it fetches its
 * connection, report why one could not begin, and complete the rollback of one that has
 * lost its node. The manager's own translator still translates all other errors.
 * Interceptors tell which transactions are serializable.
 * <p>
 * Runs before proxies are created.
 */
final class TransactionManagerPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private final Supplier<Route> route;

	private final SerializableReads serializableReads;

	TransactionManagerPostProcessor(Supplier<Route> route, SerializableReads serializableReads) {
		this.route = route;
		this.serializableReads = serializableReads;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof JdbcTransactionManager manager) {
			manager.addListener(new Translation(manager));
		}
		if (bean instanceof ConfigurableTransactionManager manager) {
			manager.addListener(new CommitOutcomeListener());
			manager.addListener(new TransactionIntention(this.serializableReads));
			manager.addListener(new RefusedBeginListener(this.route));
		}
		if (bean instanceof DataSourceTransactionManager manager) {
			manager.addListener(new LostTransactionListener());
		}
		if (bean instanceof TransactionAspectSupport aspect) {
			TransactionAttributeSource source = aspect.getTransactionAttributeSource();
			if (source != null) {
				aspect.setTransactionAttributeSource(new SerializableReadsSource(source, this.serializableReads));
			}
		}
		return bean;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/**
	 * Sets the translator of a manager when its first transaction begins. Reading the
	 * manager's own translator creates it, which would delay the start.
	 */
	private static final class Translation implements TransactionExecutionListener {

		private final SingletonSupplier<SQLExceptionTranslator> translator;

		Translation(JdbcTransactionManager manager) {
			this.translator = SingletonSupplier.of(() -> {
				SQLExceptionTranslator own = manager.getExceptionTranslator();
				SQLExceptionTranslator ours = new CommitOutcomeTranslator(new FailoverExceptionTranslator(() -> own));
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
