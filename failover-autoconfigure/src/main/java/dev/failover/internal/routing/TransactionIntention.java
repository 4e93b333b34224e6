package dev.failover.internal.routing;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells which access the current thread's work needs. Spring calls a listener before a
 * transaction manager fetches the connection (Spring Framework 7.0.10,
 * {@code AbstractPlatformTransactionManager.startTransaction}), so that the intention is
 * known in time, whatever wraps the data source. Once the transaction has begun, Spring's
 * own synchronization has it, for connections that are fetched later.
 * <p>
 * Thread-safe. Allocates nothing: the thread keeps its empty entry, with no reference to
 * a class of the application.
 */
public final class TransactionIntention implements TransactionExecutionListener {

	private static final ThreadLocal<@Nullable Access> beginning = new ThreadLocal<>();

	/**
	 * Returns the access that the current thread's work needs.
	 */
	static Access current() {
		Access begun = beginning.get();
		if (begun != null) {
			return begun;
		}
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			return Access.READS;
		}
		return TransactionSynchronizationManager.isActualTransactionActive() ? Access.WRITES : Access.ANY;
	}

	@Override
	public void beforeBegin(TransactionExecution transaction) {
		beginning.set(transaction.isReadOnly() ? Access.READS : Access.WRITES);
	}

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		beginning.set(null);
	}

}
