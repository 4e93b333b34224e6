package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.internal.socket.ConnectionSockets;

/**
 * Opens connections for probes and inspections, outside the connection pool.
 */
@FunctionalInterface
public interface ProbeConnector {

	/**
	 * Opens a new physical connection.
	 * @param sockets receives the sockets of the connection, as far as the driver allows
	 */
	Connection open(ConnectionSockets sockets) throws SQLException;

}
