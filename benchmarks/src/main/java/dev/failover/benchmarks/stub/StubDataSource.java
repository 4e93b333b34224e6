package dev.failover.benchmarks.stub;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The driver's data source, for products that want one: connects anew each time.
 * Thread-safe.
 */
public final class StubDataSource extends AbstractDataSource {

	private volatile String url = StubNode.PRIMARY.url();

	/**
	 * Set the URL of the node to connect to.
	 */
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
