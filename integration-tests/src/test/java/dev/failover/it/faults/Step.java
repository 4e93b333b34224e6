package dev.failover.it.faults;

/**
 * Something that is done, or waited for, in a scenario.
 */
@FunctionalInterface
interface Step {

	void on(Stage stage) throws Exception;

}
