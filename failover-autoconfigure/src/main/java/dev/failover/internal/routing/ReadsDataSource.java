package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * View of the failover data source for work that will only read: connections come from
 * the mirror if it serves reads and has applied the position that the work requires, else
 * from the pool for all other work. Thread-safe.
 */
public final class ReadsDataSource extends AbstractDataSource {

	private final FailoverDataSource dataSource;

	private final ReadYourWritesGuard guard;

	public ReadsDataSource(FailoverDataSource dataSource, ReadYourWritesGuard guard) {
		this.dataSource = dataSource;
		this.guard = guard;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.guard.isSatisfied() ? this.dataSource.getReadConnection() : this.dataSource.getConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return this.dataSource.getConnection(username, password);
	}

}
