package dev.failover.embedded.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Data source whose connections are decorated. Thread-safe.
 */
final class RehearsedDataSource extends DelegatingDataSource {

	private final UnaryOperator<Connection> decorator;

	RehearsedDataSource(DataSource target, UnaryOperator<Connection> decorator) {
		super(target);
		this.decorator = decorator;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.decorator.apply(super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return this.decorator.apply(super.getConnection(username, password));
	}

}
