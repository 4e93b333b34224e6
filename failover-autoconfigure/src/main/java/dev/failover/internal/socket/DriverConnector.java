package dev.failover.internal.socket;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens physical connections with the driver of a pool. If the driver accepts a socket
 * factory, their sockets are {@link ConnectionSockets}. Thread-safe.
 */
public final class DriverConnector {

	private static final Logger logger = LoggerFactory.getLogger(DriverConnector.class);

	/** Driver classes of which a warning was logged. */
	private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

	private final HikariConfig pool;

	private final DataSource driver;

	private final @Nullable SocketFactorySettings sockets;

	/**
	 * Creates a connector.
	 * @param pool names URL, driver and credentials
	 * @param properties properties of the driver
	 */
	public DriverConnector(HikariConfig pool, Properties properties, JdbcDriverSettings settings) {
		this.pool = pool;
		this.driver = driver(pool, pool.getJdbcUrl(), properties);
		this.sockets = settings.socketFactory(pool.getJdbcUrl(), properties).filter(this::isUsable).orElse(null);
	}

	private static DataSource driver(HikariConfig pool, String jdbcUrl, Properties properties) {
		return new DriverDataSource(jdbcUrl, pool.getDriverClassName(), properties, pool.getUsername(),
				pool.getPassword());
	}

	/**
	 * Opens a connection.
	 * @param sockets receives the sockets of the connection
	 * @param username user to log in, or null for the user of the pool
	 */
	public Connection open(ConnectionSockets sockets, @Nullable String username, @Nullable String password)
			throws SQLException {
		DataSource source = source(sockets);
		return (username != null) ? source.getConnection(username, password) : source.getConnection();
	}

	private DataSource source(ConnectionSockets sockets) {
		if (this.sockets == null) {
			return this.driver;
		}
		Properties properties = new Properties();
		properties.putAll(this.sockets.properties());
		String rest = properties.getProperty(this.sockets.keyProperty());
		properties.setProperty(this.sockets.keyProperty(), (rest != null) ? sockets.key() + " " + rest : sockets.key());
		return driver(this.pool, this.sockets.jdbcUrl(), properties);
	}

	/**
	 * Returns whether the driver finds the socket factory. A driver that is shared by
	 * several applications does not see the classes of one of them.
	 */
	private boolean isUsable(SocketFactorySettings settings) {
		ClassLoader own = DriverConnector.class.getClassLoader();
		Optional<Driver> registered = registered();
		try {
			if (registered.isPresent()
					&& Class.forName(settings.factory(), false, registered.get().getClass().getClassLoader())
						.getClassLoader() == own) {
				return true;
			}
		}
		catch (ClassNotFoundException | LinkageError ex) {
			logger.debug("The driver cannot load {}", settings.factory(), ex);
		}
		if (WARNED.add(settings.factory())) {
			logger.warn(
					"The JDBC driver {} does not find the class {}, so failover cannot close its sockets and relies on "
							+ "the driver to abort connections, which can block. Put the driver on the class path of the "
							+ "application, in a version that Spring Boot manages",
					this.pool.getDriverClassName(), settings.factory());
		}
		return false;
	}

	private Optional<Driver> registered() {
		String name = this.pool.getDriverClassName();
		return DriverManager.drivers().filter((driver) -> driver.getClass().getName().equals(name)).findFirst();
	}

}
