package dev.failover.benchmarks.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

import dev.failover.benchmarks.stub.StubNode;
import dev.failover.test.stub.StubDriver;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The stub driver as a data source, for products that take no driver. Each call opens a
 * new connection. Thread-safe.
 */
public final class StubDataSource extends AbstractDataSource {

	private volatile String url = StubNode.PRIMARY.url();

	public void setUrl(String url) {
		this.url = url;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return Objects.requireNonNull(new StubDriver().connect(this.url, new Properties()));
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

}
