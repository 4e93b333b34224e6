package dev.failover.internal.detection;

import dev.failover.Node;

/**
 * Takes suspicions: errors seen in traffic that could mean a node is gone. A suspicion
 * decides nothing; it makes the prober look at once.
 * <p>
 * Called on application threads: never blocks, never throws.
 */
@FunctionalInterface
public interface Suspicions {

	/**
	 * Tell of an error seen in traffic.
	 */
	void suspect(Node node);

}
