package dev.failover.internal.routing;

import java.util.Locale;

/**
 * What a connection is requested for.
 */
enum Access {

	WRITES, READS;

	/**
	 * Returns the name for people.
	 */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
