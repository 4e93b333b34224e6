package dev.failover.it.history;

/**
 * What a client was told.
 */
public enum Outcome {

	/** It was done. */
	OK,

	/** It was not done, and never will be. */
	FAILED,

	/** Nobody said whether it was done. */
	UNKNOWN

}
