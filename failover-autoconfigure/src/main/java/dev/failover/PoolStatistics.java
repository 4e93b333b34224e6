package dev.failover;

/**
 * Tells how full the pool of a node is.
 */
@FunctionalInterface
public interface PoolStatistics {

	/**
	 * Statistics of the pool on that node.
	 */
	PoolStats of(Node node);

}
