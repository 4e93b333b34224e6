package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Optional;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers in the current thread's transaction the first error by which it lost its
 * node: the pool closes such a connection, so that what follows in that transaction, its
 * rollback above all, fails with a "Connection is closed" that says nothing and hides the
 * cause. Forgotten by Spring when the transaction ends. Costs nothing but on errors.
 */
public final class TransactionFaults {

	private TransactionFaults() {
	}

	/**
	 * The error that the current transaction failed by; empty if there is no transaction,
	 * or it has not lost its node.
	 */
	public static Optional<SQLException> current() {
		if (!active()) {
			return Optional.empty();
		}
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(Memory.class::isInstance)
			.map((synchronization) -> ((Memory) synchronization).error())
			.findFirst();
	}

	static void remember(SQLException error) {
		if (active() && current().isEmpty()) {
			TransactionSynchronizationManager.registerSynchronization(new Memory(error));
		}
	}

	private static boolean active() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive();
	}

	private record Memory(SQLException error) implements TransactionSynchronization {
	}

}
