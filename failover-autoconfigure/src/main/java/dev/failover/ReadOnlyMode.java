package dev.failover;

/**
 * Treatment of requests for a connection while no node takes writes.
 */
public enum ReadOnlyMode {

	/**
	 * Transactions that are not read-only wait for a writable node, within the connection
	 * time-out. All other requests get connections that can only read.
	 */
	HOLD,

	/** All requests get connections that can only read. */
	SERVE,

	/**
	 * Requests that are not declared read-only wait for a writable node, within the
	 * connection time-out.
	 */
	WAIT,

	/** Requests that are not declared read-only are refused at once. */
	REJECT

}
