package dev.failover.internal.routing;

/**
 * Callback for what the traffic of the application tells of a node, on the application's
 * threads: it must not block.
 */
@FunctionalInterface
public interface TrafficListener {

	/**
	 * Called for an error that could mean that the node is lost.
	 */
	void suspected();

	/**
	 * Called when the application is told that a commit, or a write outside of a
	 * transaction, may or may not be stored.
	 */
	default void outcomeUnknown() {
	}

}
