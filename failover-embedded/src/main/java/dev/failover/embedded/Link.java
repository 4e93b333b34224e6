package dev.failover.embedded;

import java.time.Duration;

/**
 * The network between the clients of a node and its server: a TCP proxy that can fail.
 * <p>
 * Each fault is in force when its method returns. Faults add up until {@link #heal()}.
 * All methods are safe for use by several threads.
 */
public interface Link {

	/**
	 * Return the port on which clients reach the node.
	 * @return the port, the same for the whole life of the link
	 */
	int port();

	/**
	 * Let all bytes vanish silently in both directions. Nothing is closed. A new
	 * connection is accepted and stays silent.
	 */
	void cut();

	/**
	 * Let all bytes of one direction vanish silently. Nothing is closed.
	 * @param direction the direction in which nothing arrives any more
	 */
	void cut(Direction direction);

	/**
	 * Reset all connections, and every new one, until {@link #heal()}.
	 */
	void reset();

	/**
	 * Refuse new connections. Those that are open stay.
	 */
	void refuse();

	/**
	 * Add latency so that a round trip takes longer.
	 * @param delay by how much; half of it in each direction
	 */
	void delay(Duration delay);

	/**
	 * Reset a share of the new connections. Those that are open stay.
	 * @param share from 0 (none) to 1 (all)
	 */
	void dropConnections(double share);

	/**
	 * Undo every fault. Bytes that a cut held back arrive now, in their order, as a
	 * network would retransmit them.
	 */
	void heal();

}
