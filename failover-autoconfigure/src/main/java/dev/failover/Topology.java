package dev.failover;

/**
 * How the nodes share the work of taking writes.
 */
public enum Topology {

	/** The mirror is read-only until the database's own manager promotes it. */
	STANDBY,

	/** All nodes accept writes. */
	MULTI_WRITER

}
