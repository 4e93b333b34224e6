package dev.failover.internal.policy.exploration;

/**
 * Knowledge and decisions of the product, as an immutable value with {@code equals}: the
 * only view that the exploration has of the product. Nodes are numbered in order of
 * preference.
 * <p>
 * Implementations must not contain anything that grows without bound, such as the number
 * of the epoch or absolute times: equal brains must behave alike from now on.
 */
interface Brain {

	/** Stands for no node. */
	int NOBODY = -1;

	/**
	 * Learns the outcome of a probe and decides.
	 * @param node the node that was probed
	 * @param observation answer of the server that the probe reached
	 * @param overtaken bit set of the nodes whose probes began after this one and were
	 * learned before it
	 */
	Turn learn(int node, Observation observation, int overtaken);

	/**
	 * Lets two seconds pass, and decides.
	 */
	Turn pass();

	/**
	 * Stops automatic changes, or allows them again, and decides.
	 */
	Turn pause(boolean paused);

	/**
	 * Moves the route on request of an operator, or refuses it.
	 */
	Turn switchover(int node, boolean force);

	/**
	 * Returns the node that takes writes, or {@link #NOBODY}.
	 */
	int writes();

	/**
	 * Returns the bit set of the nodes that serve reads.
	 */
	int reads();

	boolean isPaused();

	/**
	 * Returns whether it reports that several servers take writes.
	 */
	boolean isSplitBrain();

	/**
	 * Result of one event.
	 *
	 * @param brain the brain after it
	 * @param newEpoch whether a new route was published
	 */
	record Turn(Brain brain, boolean newEpoch) {
	}

}
