package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A view of the failover data source for work that will only read: from the mirror where
 * it serves reads and has what the work requires, else from wherever plain connections
 * come from. Thread-safe.
 */
public final class ReadsDataSource extends AbstractDataSource {

	private final FailoverDataSource dataSource;

	private final ReadYourWrites consistency;

	public ReadsDataSource(FailoverDataSource dataSource, ReadYourWrites consistency) {
		this.dataSource = dataSource;
		this.consistency = consistency;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.consistency.satisfied() ? this.dataSource.getReadConnection() : this.dataSource.getConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return this.dataSource.getConnection(username, password);
	}

}
