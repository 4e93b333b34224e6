package dev.failover;

/**
 * What a node says of itself.
 */
public enum Role {

	/** It accepts writes. */
	WRITABLE,

	/** It refuses writes: a standby, or a server set to read-only. */
	READ_ONLY,

	/** It could not be read; never taken for good. */
	UNKNOWN

}
