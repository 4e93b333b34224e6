package dev.failover.routing;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import dev.failover.topology.Rehearsal;

/**
 * Meets a rehearsed fault before it connects. Thread-safe.
 */
final class RehearsedDataSource extends DelegatingDataSource {

	private final Rehearsal rehearsal;

	RehearsedDataSource(DataSource driver, Rehearsal rehearsal) {
		super(driver);
		this.rehearsal = rehearsal;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.rehearsal.meet();
		return super.getConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		this.rehearsal.meet();
		return super.getConnection(username, password);
	}

}
