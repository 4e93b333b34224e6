package dev.failover.internal.routing;

/**
 * Isolation and network time-out of a fresh session of the database. All pools share
 * them, so that the placeholders of a pool that never had a real connection have the
 * values read by the others: HikariCP keeps the values of its first connection
 * permanently. Thread-safe.
 */
final class SessionDefaults {

	private volatile Values current;

	private volatile boolean learnt;

	/**
	 * Creates defaults from the configuration, valid until the first real connection.
	 * @param transactionIsolation isolation, as in {@link java.sql.Connection}'s
	 * constants
	 * @param networkTimeoutMillis socket time-out in milliseconds, 0 for none
	 */
	SessionDefaults(int transactionIsolation, int networkTimeoutMillis) {
		this.current = new Values(transactionIsolation, networkTimeoutMillis);
	}

	int transactionIsolation() {
		return this.current.transactionIsolation();
	}

	int networkTimeoutMillis() {
		return this.current.networkTimeoutMillis();
	}

	/**
	 * Replaces the defaults by those of a real connection.
	 */
	void learn(int transactionIsolation, int networkTimeoutMillis) {
		this.current = new Values(transactionIsolation, networkTimeoutMillis);
		this.learnt = true;
	}

	/**
	 * Returns whether the defaults are those of a real connection.
	 */
	boolean isLearnt() {
		return this.learnt;
	}

	private record Values(int transactionIsolation, int networkTimeoutMillis) {

	}

}
