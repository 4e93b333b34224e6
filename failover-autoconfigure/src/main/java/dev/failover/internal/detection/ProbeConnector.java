package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections for probes and inspections, outside the connection pool.
 */
@FunctionalInterface
public interface ProbeConnector {

	/**
	 * Opens a new physical connection.
	 */
	Connection open() throws SQLException;

}
