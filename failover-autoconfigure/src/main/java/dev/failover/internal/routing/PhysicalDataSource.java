package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.internal.socket.DriverConnector;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Data source that opens physical connections with the driver of a pool, and remembers
 * them. Thread-safe.
 */
final class PhysicalDataSource extends AbstractDataSource {

	private final DriverConnector driver;

	private final OpenConnections open;

	PhysicalDataSource(DriverConnector driver, OpenConnections open) {
		this.driver = driver;
		this.open = open;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.open.open((sockets) -> this.driver.open(sockets, null, null));
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return this.open.open((sockets) -> this.driver.open(sockets, username, password));
	}

}
