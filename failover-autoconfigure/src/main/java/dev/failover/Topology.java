package dev.failover;

/**
 * Which nodes accept writes.
 */
public enum Topology {

	/** A mirror is read-only until the database's own manager promotes it. */
	STANDBY,

	/** All nodes accept writes. */
	MULTI_WRITER

}
