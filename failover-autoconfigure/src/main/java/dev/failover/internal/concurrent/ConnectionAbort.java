package dev.failover.internal.concurrent;

import java.sql.Connection;
import java.util.concurrent.Executor;

/**
 * Aborts JDBC connections that are of no use any more.
 */
public final class ConnectionAbort {

	private ConnectionAbort() {
	}

	/**
	 * Aborts a connection and ignores failures: it may be closed already, and an error of
	 * the driver must not keep the caller from aborting others. Blocks for as long as the
	 * driver does.
	 * @param executor executes what the driver does to release resources
	 */
	public static void abort(Connection connection, Executor executor) {
		try {
			connection.abort(executor);
		}
		catch (Throwable ex) {
			// the connection is closed already, or its driver cannot close it
		}
	}

}
