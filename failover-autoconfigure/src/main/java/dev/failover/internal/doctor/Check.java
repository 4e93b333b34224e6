package dev.failover.internal.doctor;

import java.util.List;

/**
 * Looks for one thing that would hurt. A pure function.
 */
@FunctionalInterface
interface Check {

	/**
	 * What there is to be found; empty when all is well.
	 */
	List<Finding> examine(CheckContext examination);

}
