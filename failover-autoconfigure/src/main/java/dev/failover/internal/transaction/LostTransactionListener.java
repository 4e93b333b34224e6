package dev.failover.internal.transaction;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.ErrorClass;
import dev.failover.internal.routing.NodeFaultException;
import dev.failover.internal.routing.TransactionFaults;
import dev.failover.transaction.NodeLostException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Completes the rollback of a transaction that has lost its node before its commit: the
 * server has rolled it back. Without this, the rollback fails on the closed connection,
 * and callbacks after completion receive {@code STATUS_UNKNOWN}, so that Spring Batch
 * refuses the restart of a job. Throws {@link NodeLostException} after the rollback, as
 * the failed one does. Thread-safe.
 * <p>
 * For a {@code DataSourceTransactionManager}, which rolls back by the connection holder
 * of its transaction object (Spring Framework 7.0.10).
 */
public final class LostTransactionListener implements TransactionExecutionListener {

	@Override
	public void beforeRollback(TransactionExecution transaction) {
		JdbcTransactionObjectSupport object = object(transaction);
		if (object != null) {
			TransactionFaults.current()
				.filter((error) -> NodeFaultException.in(error)
					.filter((fault) -> fault.errorClass() == ErrorClass.CONNECTION_LOST)
					.isPresent())
				.ifPresent((error) -> object
					.setConnectionHolder(new RolledBackHolder(object.getConnectionHolder(), error)));
		}
	}

	@Override
	public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
		JdbcTransactionObjectSupport object = object(transaction);
		if (object != null && object.getConnectionHolder() instanceof RolledBackHolder rolledBack) {
			object.setConnectionHolder(rolledBack.lost);
			if (rollbackFailure == null) {
				NodeFaultException fault = NodeFaultException.in(rolledBack.error).orElseThrow();
				throw new NodeLostException(fault.node(), fault.route(), rolledBack.error);
			}
		}
	}

	private static @Nullable JdbcTransactionObjectSupport object(TransactionExecution transaction) {
		return (transaction instanceof DefaultTransactionStatus status && status.hasTransaction()
				&& status.getTransaction() instanceof JdbcTransactionObjectSupport object
				&& object.hasConnectionHolder()) ? object : null;
	}

	/**
	 * Holder of a connection whose rollback does nothing.
	 */
	private static final class RolledBackHolder extends ConnectionHolder {

		private final ConnectionHolder lost;

		private final SQLException error;

		RolledBackHolder(ConnectionHolder lost, SQLException error) {
			super(rolledBack(lost));
			this.lost = lost;
			this.error = error;
		}

		private static Connection rolledBack(ConnectionHolder lost) {
			return (Connection) Proxy.newProxyInstance(RolledBackHolder.class.getClassLoader(),
					new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> method.getName().equals("rollback") ? null
							: method.invoke(lost.getConnection(), arguments));
		}

	}

}
