package dev.failover.internal.error;

import java.sql.SQLException;

/**
 * Renders an error in one line for people.
 */
public final class ErrorText {

	/** Causes that are looked through; chains can be cyclic. */
	private static final int MAX_CHAIN = 10;

	private ErrorText() {
	}

	/**
	 * SQLState and message of the error and of its root cause.
	 */
	public static String of(Throwable error) {
		Throwable root = error;
		for (int i = 0; root.getCause() != null && i < MAX_CHAIN; i++) {
			root = root.getCause();
		}
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
