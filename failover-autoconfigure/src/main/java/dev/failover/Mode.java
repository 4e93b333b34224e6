package dev.failover;

/**
 * Work that the application can do.
 */
public enum Mode {

	/** Writes go to the preferred node, the primary. */
	NORMAL,

	/** Writes go to another node. */
	FAILED_OVER,

	/** No node takes writes; reads are served. */
	READ_ONLY,

	/** No node serves. */
	UNAVAILABLE

}
