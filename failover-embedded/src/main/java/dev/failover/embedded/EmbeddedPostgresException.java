package dev.failover.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an operation on an embedded PostgreSQL server fails.
 */
public class EmbeddedPostgresException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message a message that says what failed on which node
	 */
	public EmbeddedPostgresException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception with its cause.
	 * @param message a message that says what failed on which node
	 * @param cause the cause, {@code null} for none
	 */
	EmbeddedPostgresException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
