package dev.failover.mariadb;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lock on a table, which keeps a replica from applying writes to it.
 *
 * @param connection connection that holds it
 */
record Lock(Connection connection) implements AutoCloseable {

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
