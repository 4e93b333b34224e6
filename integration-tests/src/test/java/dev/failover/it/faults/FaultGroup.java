package dev.failover.it.faults;

import java.util.Locale;

/**
 * Groups of faults, in the order of the table.
 */
enum FaultGroup {

	PROCESS, NETWORK, ROLE, REPLICATION, RESOURCES, PEOPLE, MANY;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
