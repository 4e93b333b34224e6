package dev.failover.internal.error;

import java.sql.SQLException;

/**
 * Renders an error in one line.
 */
public final class ErrorText {

	private ErrorText() {
	}

	/**
	 * Returns SQLState and message of the error, followed by those of its root cause. The
	 * type of the exception stands in for a missing SQLState.
	 */
	public static String of(Throwable error) {
		Throwable root = ExceptionChain.rootCause(error);
		String text = line(error);
		return (root == error) ? text : text + " (" + line(root) + ")";
	}

	private static String line(Throwable error) {
		String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("").strip();
		String state = (error instanceof SQLException sql && sql.getSQLState() != null) ? sql.getSQLState()
				: error.getClass().getSimpleName();
		return state + " " + message;
	}

}
