package dev.failover.internal.transaction;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Notes that a transaction was committed, before any other callback after its commit. To
 * Spring the transaction is still active in these callbacks, but an error in them does
 * not undo it. Confined to one thread.
 */
final class CommittedTransaction implements TransactionSynchronization {

	private boolean committed;

	private CommittedTransaction() {
	}

	/**
	 * Observes the current thread's transaction.
	 */
	static void observe() {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new CommittedTransaction());
		}
	}

	/**
	 * Returns whether the current thread's transaction was committed.
	 */
	static boolean isCurrent() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.getSynchronizations()
					.stream()
					.anyMatch((each) -> each instanceof CommittedTransaction transaction && transaction.committed);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void afterCommit() {
		this.committed = true;
	}

}
