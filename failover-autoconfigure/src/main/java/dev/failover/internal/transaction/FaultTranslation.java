package dev.failover.internal.transaction;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import dev.failover.ErrorClass;
import dev.failover.FailoverState;
import dev.failover.Route;
import dev.failover.internal.error.ErrorClassification;
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
 * Decides what an error of a node means for the work at hand. Looks at nothing but the
 * error, the current thread's transaction and the route; does no I/O. Thread-safe.
 * <p>
 * Concerned only with errors that were raised on connections of ours and say that the
 * node was lost or refuses writes; everything else is somebody else's.
 */
final class FaultTranslation {

	private final Supplier<FailoverState> states;

	FaultTranslation(Supplier<FailoverState> states) {
		this.states = states;
	}

	/**
	 * What a lost {@code COMMIT} means; empty if the outcome is known.
	 * @param error what the commit failed with
	 * @param readOnly whether the transaction was declared read-only: it stored nothing
	 */
	Optional<CommitOutcomeUnknownException> commit(Throwable error, boolean readOnly) {
		if (readOnly) {
			return Optional.empty();
		}
		return NodeFaultException.in(error)
			.filter((fault) -> fault.isInCommit() && answerLost(fault))
			.map((fault) -> new CommitOutcomeUnknownException(fault.node(), route(), error));
	}

	/**
	 * What an error means for work that is not known to have committed; null if it is
	 * none of ours.
	 * @param sql the statement, if known
	 */
	@Nullable DataAccessException work(@Nullable String sql, SQLException error) {
		NodeFaultException fault = NodeFaultException.in(error).orElse(null);
		if (fault == null) {
			return null;
		}
		if (fault.errorClass() == ErrorClass.READ_ONLY) {
			return TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? null
					: new NoWritableNodeException(fault.node(), route(), error);
		}
		boolean known = !answerLost(fault) || TransactionSynchronizationManager.isActualTransactionActive()
				|| isQuery(sql);
		return known ? new NodeLostException(fault.node(), route(), error)
				: new WriteOutcomeUnknownException(fault.node(), route(), error);
	}

	/**
	 * What an error comes from: one without SQLState is HikariCP's "Connection is closed"
	 * ({@code ProxyConnection.ClosedConnection}) where the current transaction has lost
	 * its node before.
	 */
	static SQLException origin(SQLException error) {
		return (error.getSQLState() != null) ? error : TransactionFaults.current().orElse(error);
	}

	private static boolean answerLost(NodeFaultException fault) {
		return fault.errorClass() == ErrorClass.CONNECTION_LOST && !ErrorClassification.nothingWasSent(fault);
	}

	/**
	 * Only a {@code SELECT} is taken for harmless: {@code INSERT … RETURNING} is a query
	 * to JDBC, too.
	 */
	private static boolean isQuery(@Nullable String sql) {
		return sql != null && sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("select");
	}

	private Route route() {
		return this.states.get().route();
	}

}
