package dev.failover.internal.routing;

/**
 * What a fresh session of the database has. All pools share it, so that a pool that never
 * had a real connection knows what the others have learnt: HikariCP keeps the values of
 * its first connection for good. Thread-safe.
 */
final class SessionDefaults {

	private volatile Values current;

	/**
	 * Creates defaults from the configuration, until a real connection tells others.
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
	}

	private record Values(int transactionIsolation, int networkTimeoutMillis) {

	}

}
