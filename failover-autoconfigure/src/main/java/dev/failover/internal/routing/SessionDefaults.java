package dev.failover.internal.routing;

import org.jspecify.annotations.Nullable;

/**
 * Isolation and network time-out of a fresh session of the database. All pools share
 * them, so that the placeholders of a pool that never had a real connection have the
 * values read by the others. Thread-safe.
 */
final class SessionDefaults {

	private volatile Values current;

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
		Integer millis = this.current.networkTimeoutMillis();
		return (millis != null) ? millis : 0;
	}

	/**
	 * Replaces the defaults by those of a real connection.
	 */
	void learn(Values values) {
		this.current = values;
	}

	/**
	 * Values of one session.
	 *
	 * @param transactionIsolation isolation, as in {@link java.sql.Connection}'s
	 * constants
	 * @param networkTimeoutMillis network time-out in milliseconds, 0 for none, or null
	 * if the driver does not support it
	 */
	record Values(int transactionIsolation, @Nullable Integer networkTimeoutMillis) {

	}

}
