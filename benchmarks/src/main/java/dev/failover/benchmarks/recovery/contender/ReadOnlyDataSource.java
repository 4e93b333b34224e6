package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Marks each connection as read-only before its first statement, as a read-only
 * transaction does.
 */
final class ReadOnlyDataSource extends DelegatingDataSource {

	ReadOnlyDataSource(DataSource target) {
		super(target);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		try {
			connection.setReadOnly(true);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

}
