package dev.failover.it.faults;

import java.sql.SQLException;
import java.util.Set;

import dev.failover.it.history.Operation.Outcome;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Derives the outcome of a call from its error. Work that the library reports as lost
 * counts as failed, so that it must not be stored.
 */
final class CallErrors {

	/**
	 * SQLStates, or classes of them, with which a server refuses a statement: it has no
	 * effect. PostgreSQL manual, appendix A.
	 */
	private static final Set<String> REFUSED = Set.of("22", "23", "25", "40", "42", "53", "54", "55", "57014");

	/**
	 * Exceptions that a client may receive when a node is lost ({@code docs/retry.md}).
	 */
	private static final Set<Class<?>> DOCUMENTED = Set.of(NodeLostException.class, NoWritableNodeException.class,
			CommitOutcomeUnknownException.class, WriteOutcomeUnknownException.class,
			CannotCreateTransactionException.class, CannotGetJdbcConnectionException.class);

	private CallErrors() {
	}

	static Outcome outcome(Throwable error) {
		if (error instanceof CannotGetJdbcConnectionException || error instanceof CannotCreateTransactionException
				|| error instanceof NodeLostException || error instanceof NoWritableNodeException) {
			return Outcome.FAILED;
		}
		String state = state(error);
		boolean refused = REFUSED.contains(state) || (state.length() == 5 && REFUSED.contains(state.substring(0, 2)));
		return refused ? Outcome.FAILED : Outcome.UNKNOWN;
	}

	/**
	 * Returns class of the exception and SQLState, such as
	 * {@code NodeLostException/08006}.
	 */
	static String name(Throwable error) {
		return (isExplained(error) ? "" : "unexplained ") + error.getClass().getSimpleName() + "/" + state(error);
	}

	/**
	 * Returns whether applications must expect the error of that name.
	 */
	static boolean isDocumented(String name) {
		return DOCUMENTED.stream().anyMatch((type) -> name.startsWith(type.getSimpleName() + "/"));
	}

	/**
	 * Returns whether the message of an exception of the library names the node, or says
	 * that there is none, the mode, and what to do.
	 */
	private static boolean isExplained(Throwable error) {
		boolean own = error.getClass().getPackage().equals(NodeLostException.class.getPackage());
		return !own || String.valueOf(error.getMessage())
			.matches("(?s)(.*'\\w+'|No database node ).* mode [A-Z_]+ since epoch \\d+.*: .+");
	}

	private static String state(Throwable error) {
		for (Throwable current = error; current != null; current = current.getCause()) {
			if (current instanceof SQLException sql && sql.getSQLState() != null) {
				return sql.getSQLState();
			}
		}
		return "";
	}

}
