package dev.failover;

/**
 * Tells the current state; never blocks, never opens a connection.
 */
@FunctionalInterface
public interface FailoverStates {

	/**
	 * What is known now.
	 */
	FailoverState current();

}
