package dev.failover;

/**
 * Role that a server reports.
 */
public enum Role {

	/** The server accepts writes. */
	WRITABLE,

	/** The server refuses writes: a standby, or a server set to read-only. */
	READ_ONLY,

	/**
	 * The server answers but must not be used, such as a cluster member without quorum,
	 * or one that accepts writes although another leads.
	 */
	UNUSABLE,

	/** The role could not be read. */
	UNKNOWN

}
