package dev.failover;

/**
 * What a connection is wanted for.
 */
public enum Access {

	WRITES, READS

}
