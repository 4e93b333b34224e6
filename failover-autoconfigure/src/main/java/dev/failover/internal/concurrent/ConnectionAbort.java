package dev.failover.internal.concurrent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;

/**
 * Aborts JDBC connections that are of no use any more.
 */
public final class ConnectionAbort {

	private ConnectionAbort() {
	}

	/**
	 * Aborts a connection and ignores failures: it may be closed already. Blocks for as
	 * long as the driver does.
	 * @param executor executes what the driver does to release resources
	 */
	public static void abort(Connection connection, Executor executor) {
		try {
			connection.abort(executor);
		}
		catch (SQLException | RuntimeException ex) {
			// the connection is closed already
		}
	}

}
