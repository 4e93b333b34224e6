package dev.failover.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an embedded server cannot do what it was asked to do.
 */
public class EmbeddedPostgresException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what was found, and where
	 */
	public EmbeddedPostgresException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception with its cause.
	 * @param message what was found, and where
	 * @param cause the cause, if there is one
	 */
	public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
