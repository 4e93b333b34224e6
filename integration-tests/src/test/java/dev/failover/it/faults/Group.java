package dev.failover.it.faults;

import java.util.Locale;

/**
 * Where a fault comes from, in the order of the table.
 */
enum Group {

	PROCESS, NETWORK, ROLE, REPLICATION, RESOURCES, PEOPLE, MANY;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
