package dev.failover.it.history;

/**
 * What a client asked for.
 */
public enum Kind {

	READ, WRITE

}
