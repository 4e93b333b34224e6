package dev.failover.autoconfigure;

/**
 * Exception thrown when the configuration of failover is wrong. Its message says what was
 * found, its action what to change.
 */
public final class FailoverConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Creates an exception.
	 * @param description what was found, and in which property
	 * @param action what to change
	 */
	public FailoverConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Returns what to change.
	 */
	public String getAction() {
		return this.action;
	}

}
