package dev.failover.embedded;

/**
 * Mode in which a server stops. The modes are those of PostgreSQL's {@code pg_ctl stop}.
 */
public enum StopMode {

	/**
	 * Refuses new connections and ends when the last client has disconnected. The call
	 * does not wait for that.
	 */
	SMART("TERM"),

	/**
	 * Rolls back all transactions, disconnects all clients and shuts down cleanly.
	 */
	FAST("INT"),

	/**
	 * Ends without a shutdown checkpoint. The next start recovers as after a crash.
	 */
	IMMEDIATE("QUIT");

	private final String signal;

	StopMode(String signal) {
		this.signal = signal;
	}

	/**
	 * Return the signal that requests this mode.
	 * @return name of the signal, without {@code SIG}
	 */
	String signal() {
		return this.signal;
	}

}
