package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Optional;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records in the current thread's transaction the first error by which it lost its node.
 * The pool closes such a connection, so that later calls in the transaction, such as its
 * rollback, fail with "Connection is closed" and would hide the cause. Spring discards
 * the error when the transaction ends. Costs nothing except on errors.
 */
public final class TransactionFaults {

	private TransactionFaults() {
	}

	/**
	 * Returns the error by which the current transaction lost its node; empty if there is
	 * no transaction, or it has not lost its node.
	 */
	public static Optional<SQLException> current() {
		if (!isActive()) {
			return Optional.empty();
		}
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(RememberedFault.class::isInstance)
			.map((synchronization) -> ((RememberedFault) synchronization).error())
			.findFirst();
	}

	static void remember(SQLException error) {
		if (isActive() && current().isEmpty()) {
			TransactionSynchronizationManager.registerSynchronization(new RememberedFault(error));
		}
	}

	private static boolean isActive() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive();
	}

	private record RememberedFault(SQLException error) implements TransactionSynchronization {
	}

}
