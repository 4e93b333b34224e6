package dev.failover.routing;

import java.sql.Connection;
import java.sql.SQLException;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A view of the failover data source for work that will only read: from the mirror where
 * it serves reads, else from wherever plain connections come from. Thread-safe.
 */
public final class ReadsDataSource extends AbstractDataSource {

	private final FailoverDataSource dataSource;

	public ReadsDataSource(FailoverDataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.dataSource.getReadConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return this.dataSource.getConnection(username, password);
	}

}
