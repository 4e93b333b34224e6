package dev.failover.detection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections for probes, off the pool.
 */
@FunctionalInterface
public interface ProbeConnections {

	/**
	 * Open a new physical connection.
	 */
	Connection open() throws SQLException;

}
