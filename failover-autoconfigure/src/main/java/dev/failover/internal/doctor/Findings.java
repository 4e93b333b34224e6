package dev.failover.internal.doctor;

import java.util.List;

/**
 * Tells what would hurt on the day of the outage; never blocks, never opens a connection.
 */
@FunctionalInterface
public interface Findings {

	/**
	 * What the last examination found; empty when all is well, and before the first.
	 */
	List<Finding> current();

}
