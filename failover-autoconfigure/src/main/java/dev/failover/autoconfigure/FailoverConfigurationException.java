package dev.failover.autoconfigure;

/**
 * The configuration of failover is wrong: says what was found, and what to change.
 */
public class FailoverConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	public FailoverConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * What to change.
	 */
	public String getAction() {
		return this.action;
	}

}
