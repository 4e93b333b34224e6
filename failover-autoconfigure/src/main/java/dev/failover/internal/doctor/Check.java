package dev.failover.internal.doctor;

import java.util.List;

/**
 * Check for one kind of problem. A pure function.
 */
@FunctionalInterface
interface Check {

	/**
	 * Returns the findings of this check; empty if there is no problem.
	 */
	List<Finding> check(CheckContext context);

}
