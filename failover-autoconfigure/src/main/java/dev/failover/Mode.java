package dev.failover;

/**
 * What the application can do through the route.
 */
public enum Mode {

	/** Writes go to the preferred node, the primary. */
	NORMAL,

	/** Writes go to another node. */
	FAILED_OVER,

	/** No node takes writes; reads are served. */
	READ_ONLY,

	/** No node can be used. */
	UNAVAILABLE

}
