package dev.failover.transaction;

import java.util.Optional;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers in the current transaction what it was lost by: the pool closes a connection
 * that lost its server or refused a write, so that what follows in that transaction, its
 * rollback above all, fails with a "Connection is closed" that says nothing and hides the
 * cause. Forgotten by Spring when the transaction ends.
 */
final class LostTransaction implements TransactionSynchronization {

	private final RuntimeException loss;

	private LostTransaction(RuntimeException loss) {
		this.loss = loss;
	}

	/**
	 * Remember the first loss of the current transaction, if there is one.
	 */
	static void remember(RuntimeException loss) {
		if (active() && current().isEmpty()) {
			TransactionSynchronizationManager.registerSynchronization(new LostTransaction(loss));
		}
	}

	/**
	 * What the current transaction was lost by; empty if it was not.
	 */
	static Optional<RuntimeException> current() {
		if (!active()) {
			return Optional.empty();
		}
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(LostTransaction.class::isInstance)
			.map((synchronization) -> ((LostTransaction) synchronization).loss)
			.findFirst();
	}

	private static boolean active() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive();
	}

}
