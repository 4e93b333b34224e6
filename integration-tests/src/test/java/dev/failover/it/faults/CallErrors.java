package dev.failover.it.faults;

import java.sql.SQLException;
import java.util.Set;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

import dev.failover.it.history.Outcome;
import dev.failover.transaction.NodeLostException;

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
		return error.getClass().getSimpleName() + "/" + state(error);
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
