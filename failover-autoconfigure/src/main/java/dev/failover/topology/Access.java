package dev.failover.topology;

/**
 * What a connection is wanted for.
 */
public enum Access {

	WRITES, READS

}
