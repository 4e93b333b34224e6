package dev.failover;

/**
 * Treatment of requests for a connection while no node takes writes.
 */
public enum ReadOnlyMode {

	/** All get connections that can read only. */
	SERVE,

	/**
	 * Those that do not say that they only read wait for a writable node, within the
	 * connection time-out.
	 */
	WAIT,

	/** Those that do not say that they only read are refused at once. */
	REJECT

}
