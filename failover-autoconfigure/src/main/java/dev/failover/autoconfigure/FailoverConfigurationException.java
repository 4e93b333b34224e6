package dev.failover.autoconfigure;

/**
 * Exception thrown when the configuration of failover is wrong. Its message names the
 * error and the property, its action the remedy.
 */
final class FailoverConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Creates an exception.
	 * @param description the error, and the property that contains it
	 * @param action the remedy
	 */
	FailoverConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Returns the remedy.
	 */
	String getAction() {
		return this.action;
	}

}
