package dev.failover.internal.routing;

import java.util.Locale;

/**
 * Kind of work for which a connection is requested.
 */
enum Access {

	WRITES, READS;

	/**
	 * Returns the name for messages.
	 */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
