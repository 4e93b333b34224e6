package dev.failover;

/**
 * Distribution of writes over the nodes.
 */
public enum Topology {

	/** A mirror is read-only until the cluster manager promotes it. */
	STANDBY,

	/** All nodes accept writes. */
	MULTI_WRITER

}
