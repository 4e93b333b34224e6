package dev.failover.internal.routing;

import java.util.Locale;

/**
 * Kind of work for which a connection is requested.
 */
enum Access {

	/** A transaction that is not read-only. */
	WRITES,

	/** A read-only transaction. */
	READS,

	/** Work outside of transactions, or in one that is not known. */
	ANY;

	/**
	 * Returns the name for messages.
	 */
	String label() {
		return (this == ANY) ? WRITES.label() : name().toLowerCase(Locale.ROOT);
	}

}
