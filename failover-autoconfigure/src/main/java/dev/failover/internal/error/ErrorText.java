package dev.failover.internal.error;

import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * Renders an error in one line.
 */
public final class ErrorText {

	/** Longest text of one message; what a server sends has no bound. */
	private static final int MAX_LENGTH = 500;

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\r\\n]]");

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
		String message = bound(String.valueOf(error.getMessage())).lines().findFirst().orElse("").strip();
		String state = (error instanceof SQLException sql && sql.getSQLState() != null) ? bound(sql.getSQLState())
				: error.getClass().getSimpleName();
		return state + " " + message;
	}

	/**
	 * Returns the beginning of a text, cut where it is too long for people. Control
	 * characters other than the ends of lines, and marks that change the direction of the
	 * text, become spaces.
	 */
	public static String bound(String text) {
		String beginning = (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + "..." : text;
		return CONTROL.matcher(beginning).replaceAll(" ");
	}

}
