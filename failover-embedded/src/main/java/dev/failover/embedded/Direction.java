package dev.failover.embedded;

/**
 * A direction of a {@link Link}.
 */
public enum Direction {

	/**
	 * From the clients to the server.
	 */
	TO_SERVER,

	/**
	 * From the server to its clients.
	 */
	TO_CLIENT

}
