package dev.failover.internal.transaction;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.internal.routing.NodeFaultException;
import dev.failover.internal.routing.TransactionFaults;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Decides what an error of a node means for the current work, from the error, the current
 * thread's transaction and the route. Does no I/O. Thread-safe.
 * <p>
 * Handles only errors that were raised on a connection of a node and say that the node
 * was lost or refuses writes. A refused write is understood when the probe that it caused
 * has read the role: waits for it, at most for a second.
 */
final class FaultTranslation {

	private FaultTranslation() {
	}

	/**
	 * Translates the error of a commit; empty if the outcome is known.
	 * @param error exception of the commit
	 * @param readOnly whether the transaction was declared read-only, so that it stored
	 * nothing
	 */
	static Optional<CommitOutcomeUnknownException> commit(Throwable error, boolean readOnly) {
		if (readOnly) {
			return Optional.empty();
		}
		return NodeFaultException.in(error).filter((fault) -> fault.isInCommit() && answerLost(fault)).map((fault) -> {
			fault.tellOutcomeUnknown();
			return new CommitOutcomeUnknownException(fault.node(), fault.route(), error);
		});
	}

	/**
	 * Translates an error of work that is not known to be committed; null if it does not
	 * come from a lost or read-only node, but from a session or transaction that the
	 * application made read-only.
	 * @param sql the statement, or null if it is not known
	 */
	static @Nullable DataAccessException work(@Nullable String sql, SQLException error) {
		NodeFaultException fault = NodeFaultException.in(error).orElse(null);
		if (fault == null) {
			return null;
		}
		if (fault.errorClass() != ErrorClass.CONNECTION_LOST) {
			return isRefusalByNode(fault) ? new NoWritableNodeException(fault.node(), fault.route(), error) : null;
		}
		boolean known = !answerLost(fault) || isQuery(sql);
		if (CommittedTransaction.isCurrent()) {
			if (!known) {
				fault.tellOutcomeUnknown();
			}
			return WriteOutcomeUnknownException.afterCommit(fault.node(), fault.route(), error);
		}
		if (known || TransactionSynchronizationManager.isActualTransactionActive()) {
			return new NodeLostException(fault.node(), fault.route(), error);
		}
		fault.tellOutcomeUnknown();
		return new WriteOutcomeUnknownException(fault.node(), fault.route(), error);
	}

	/**
	 * Returns whether work was refused because the node accepts no writes, and the caller
	 * may be told to repeat it.
	 */
	private static boolean isRefusalByNode(NodeFaultException fault) {
		boolean byNode = fault.errorClass() == ErrorClass.REFUSED_BY_REPLICA
				|| (!TransactionSynchronizationManager.isCurrentTransactionReadOnly() && fault.isNodeReadOnly());
		return byNode && !EndlessRetries.areCalling();
	}

	/**
	 * Returns the original error behind an error. In a transaction that has lost its
	 * node, an error without SQLState is HikariCP's "Connection is closed"
	 * ({@code ProxyConnection.ClosedConnection}).
	 */
	static SQLException origin(SQLException error) {
		return (error.getSQLState() != null) ? error : TransactionFaults.current().orElse(error);
	}

	private static boolean answerLost(NodeFaultException fault) {
		return fault.errorClass() == ErrorClass.CONNECTION_LOST && !fault.isNothingSent();
	}

	/**
	 * Returns whether the statement is a {@code SELECT}. Other statements that return
	 * rows, such as {@code INSERT … RETURNING}, write.
	 */
	private static boolean isQuery(@Nullable String sql) {
		return sql != null && sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("select");
	}

}
