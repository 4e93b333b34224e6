package dev.failover;

/**
 * Role that a server reports.
 */
public enum Role {

	/** The server accepts writes. */
	WRITABLE,

	/** The server refuses writes: a standby, or a server set to read-only. */
	READ_ONLY,

	/** The role could not be read; treated as unusable. */
	UNKNOWN

}
