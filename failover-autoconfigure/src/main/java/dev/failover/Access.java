package dev.failover;

/**
 * Purpose of a connection.
 */
public enum Access {

	/** Work that may write. */
	WRITES,

	/** Work that only reads. */
	READS

}
