package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.failover.dialect.Dialect;

/**
 * Opens connections for probes with the driver, the URL and the current credentials of a
 * pool, so that a probe fails as soon as the pool could no longer connect.
 */
public final class DriverProbeConnector implements ProbeConnector {

	private final HikariConfig pool;

	private final DriverDataSource driver;

	/**
	 * Creates the connector of one node.
	 * @param pool configuration of its pool; its credentials are read at each login
	 * @param deadline hard deadline of a probe
	 */
	public DriverProbeConnector(HikariConfig pool, Dialect dialect, Duration deadline) {
		this.pool = pool;
		Properties properties = new Properties();
		properties.putAll(pool.getDataSourceProperties());
		properties.putAll(dialect.driverSettings().probeProperties(pool.getJdbcUrl(), deadline));
		this.driver = new DriverDataSource(pool.getJdbcUrl(), pool.getDriverClassName(), properties, null, null);
	}

	@Override
	public Connection open() throws SQLException {
		Credentials credentials = this.pool.getCredentials();
		return (credentials.getUsername() != null)
				? this.driver.getConnection(credentials.getUsername(), credentials.getPassword())
				: this.driver.getConnection();
	}

}
