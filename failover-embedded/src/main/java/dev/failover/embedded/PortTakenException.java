package dev.failover.embedded;

/**
 * Thrown when a server finds its port taken: between the search for a free port and the
 * server's start another process was quicker.
 */
final class PortTakenException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	private PortTakenException(String message) {
		super(message);
	}

	/**
	 * Return the exception for a server that ended instead of starting.
	 * @param node name of its node
	 * @param log what it logged
	 */
	static EmbeddedPostgresException orOther(String node, String log) {
		String message = "Node '" + node + "' did not start:\n" + log.strip();
		return log.contains("Address already in use") ? new PortTakenException(message)
				: new EmbeddedPostgresException(message);
	}

}
