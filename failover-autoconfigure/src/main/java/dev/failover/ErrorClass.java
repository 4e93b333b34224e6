package dev.failover;

/**
 * Meaning of an error for the node that it came from.
 */
public enum ErrorClass {

	/** The connection or the server is gone. */
	CONNECTION_LOST,

	/** The server is there, but accepts no connections yet. */
	STARTING_UP,

	/** The server refuses writes. */
	READ_ONLY,

	/**
	 * The server is a replica, and refuses work that it could do if it accepted writes,
	 * such as a serializable transaction.
	 */
	REFUSED_BY_REPLICA,

	/**
	 * The server is alive, but must not be used, such as a cluster member without quorum.
	 */
	UNUSABLE,

	/** The server is alive and has no room for another connection. */
	OVERLOADED,

	/** The server is alive and refuses this login, or its certificate is refused. */
	UNAUTHORIZED,

	/** The error belongs to the application and says nothing about the node. */
	APPLICATION

}
