package dev.failover.embedded;

import java.time.Duration;

/**
 * The network between the clients of a node and its server: a TCP proxy with faults.
 * <p>
 * A fault is in force when its method returns. Faults accumulate until {@link #heal()}.
 * Safe for use by several threads.
 */
public interface Link {

	/**
	 * Return the port on which clients reach the node.
	 * @return the port, which stays the same
	 */
	int port();

	/**
	 * Hold back all bytes in both directions. No connection is closed. New connections
	 * are accepted and remain silent.
	 */
	void cut();

	/**
	 * Hold back all bytes in one direction. No connection is closed.
	 * @param direction the direction
	 */
	void cut(Direction direction);

	/**
	 * Reset all open connections, and every new one until {@link #heal()}.
	 */
	void reset();

	/**
	 * Refuse new connections. Open connections are not affected.
	 */
	void refuse();

	/**
	 * Delay all bytes.
	 * @param delay additional time that a round trip takes, half of it in each direction
	 */
	void delay(Duration delay);

	/**
	 * Reset a share of the new connections, chosen at random. Open connections are not
	 * affected.
	 * @param share from 0 (none) to 1 (all)
	 */
	void dropConnections(double share);

	/**
	 * Remove all faults. Bytes that were held back arrive now, in their order, as if the
	 * network retransmitted them.
	 */
	void heal();

	/**
	 * Direction in which bytes pass through a link.
	 */
	enum Direction {

		/**
		 * From the clients to the server.
		 */
		TO_SERVER,

		/**
		 * From the server to the clients.
		 */
		TO_CLIENT

	}

}
