package dev.failover.it.faults;

import java.sql.SQLException;
import java.util.Set;

import dev.failover.it.history.Outcome;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What the error of a call says of its outcome. What the library promises is taken at its
 * word: work told to be lost must not be there.
 */
final class CallErrors {

	/**
	 * SQLStates, or their classes, with which a server refuses a statement: it has no
	 * effect. PostgreSQL manual, appendix A.
	 */
	private static final Set<String> REFUSED = Set.of("22", "23", "25", "40", "42", "53", "54", "55", "57014");

	/**
	 * What clients may see of a lost node, as {@code docs/retry.md} lists it.
	 */
	private static final Set<Class<?>> DOCUMENTED = Set.of(NodeLostException.class, NoWritableNodeException.class,
			CommitOutcomeUnknownException.class, WriteOutcomeUnknownException.class,
			CannotCreateTransactionException.class, CannotGetJdbcConnectionException.class);

	private CallErrors() {
	}

	static Outcome outcome(Throwable error) {
		if (error instanceof CannotGetJdbcConnectionException || error instanceof CannotCreateTransactionException
				|| error instanceof NodeLostException) {
			return Outcome.FAILED;
		}
		String state = state(error);
		boolean refused = REFUSED.contains(state) || (state.length() == 5 && REFUSED.contains(state.substring(0, 2)));
		return refused ? Outcome.FAILED : Outcome.UNKNOWN;
	}

	/**
	 * Class of the exception and SQLState, such as {@code NodeLostException/08006}.
	 */
	static String name(Throwable error) {
		return (explained(error) ? "" : "unexplained ") + error.getClass().getSimpleName() + "/" + state(error);
	}

	/**
	 * Whether the error of that name is one that applications are told to expect.
	 */
	static boolean documented(String name) {
		return DOCUMENTED.stream().anyMatch((type) -> name.startsWith(type.getSimpleName() + "/"));
	}

	/**
	 * Whether an error that says what became of the work says where, in which mode, and
	 * what to do.
	 */
	private static boolean explained(Throwable error) {
		boolean own = error.getClass().getPackage().equals(NodeLostException.class.getPackage());
		return !own || String.valueOf(error.getMessage()).matches("(?s).*'\\w+'.* mode [A-Z_]+ since epoch \\d+.*: .+");
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
