package dev.failover.embedded;

/**
 * Thrown when the class path has no PostgreSQL binaries for this platform.
 */
public final class MissingBinariesException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	private final String description;

	private final String remedy;

	MissingBinariesException(String description, String remedy) {
		super(description + ". " + remedy + ".");
		this.description = description;
		this.remedy = remedy;
	}

	/**
	 * Return what is missing.
	 * @return a sentence without its full stop
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence without its full stop
	 */
	public String remedy() {
		return this.remedy;
	}

}
