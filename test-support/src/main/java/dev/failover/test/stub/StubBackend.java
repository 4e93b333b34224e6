package dev.failover.test.stub;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A server behind the {@link StubDriver}, as its connections see it.
 */
abstract class StubBackend {

	/**
	 * Returns the URL under which the driver finds the server.
	 */
	public abstract String url();

	/**
	 * Returns true if a URL leads to this server.
	 */
	abstract boolean accepts(String url);

	/**
	 * Opens a connection, as the driver does.
	 */
	public abstract Connection connect() throws SQLException;

	/**
	 * Opens a connection with the properties that the driver was called with.
	 */
	Connection connect(Properties info) throws SQLException {
		return connect();
	}

	/**
	 * Executes a statement and returns its rows.
	 */
	abstract StubRows execute(StubConnection connection, String sql) throws SQLException;

	/**
	 * Notes that a connection is asked whether it is a wrapper.
	 */
	void askedForWrapper() throws SQLException {
	}

	/**
	 * Notes that a connection has been closed or aborted.
	 */
	abstract void ended(StubConnection connection, boolean aborted);

	/**
	 * Returns the metadata that a connection shows.
	 */
	abstract DatabaseMetaData metaData(StubConnection connection) throws SQLException;

}
