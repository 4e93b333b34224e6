package dev.failover.internal.drill;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.failover.dialect.Dialect;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Applies a rehearsed fault before it connects; while a demotion is rehearsed, its
 * sessions refuse writes. Thread-safe.
 */
public final class RehearsedDataSource extends DelegatingDataSource {

	private final Dialect dialect;

	private final Rehearsal rehearsal;

	public RehearsedDataSource(DataSource driver, Dialect dialect, Rehearsal rehearsal) {
		super(driver);
		this.dialect = dialect;
		this.rehearsal = rehearsal;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.rehearsal.applyBeforeConnect();
		return opened(super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		this.rehearsal.applyBeforeConnect();
		return opened(super.getConnection(username, password));
	}

	private Connection opened(Connection connection) throws SQLException {
		if (this.rehearsal.rejectsWrites()) {
			refuseWrites(connection);
		}
		return connection;
	}

	private void refuseWrites(Connection connection) throws SQLException {
		try {
			this.dialect.refuseWrites(connection);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

}
