package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import dev.failover.dialect.Dialect;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.DriverConnector;

/**
 * Opens connections for probes as a pool does: with its driver, its URL and its
 * credentials of that moment, so that a probe fails as soon as the pool could no longer
 * connect. Thread-safe, if the credentials provider of the pool is.
 */
public final class DriverProbeConnector implements ProbeConnector {

	/** SQLState of a refused login in standard SQL. */
	private static final String INVALID_AUTHORIZATION = "28000";

	private final HikariConfig pool;

	private final DriverConnector driver;

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
		this.driver = new DriverConnector(pool, properties, dialect.driverSettings());
	}

	@Override
	public Connection open(ConnectionSockets sockets) throws SQLException {
		Credentials credentials = credentials();
		return this.driver.open(sockets, credentials.getUsername(), credentials.getPassword());
	}

	/**
	 * Returns the credentials for the next login, in the order of HikariCP's
	 * {@code PoolBase}: those of the provider, if there is one, else those of the
	 * configuration, which an operator can change through the MXBean.
	 * @throws SQLException if the provider fails, which is a refused login and says
	 * nothing else about the node
	 */
	private Credentials credentials() throws SQLException {
		HikariCredentialsProvider provider = this.pool.getCredentialsProvider();
		if (provider == null) {
			return this.pool.getCredentials();
		}
		try {
			return Objects.requireNonNull(provider.getCredentials(), "it returned no credentials");
		}
		catch (RuntimeException ex) {
			throw new SQLInvalidAuthorizationSpecException(
					"The credentials provider of the pool, " + provider.getClass().getName() + ", has failed: " + ex,
					INVALID_AUTHORIZATION, ex);
		}
	}

}
