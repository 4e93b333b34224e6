package dev.failover.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import dev.failover.dialect.Dialect;

/**
 * Warms sessions that are opened while nobody works on their node: when the route comes
 * to it, all of them get their first statement in the same moment. Thread-safe.
 */
final class WarmDataSource extends DelegatingDataSource {

	private static final Logger logger = LoggerFactory.getLogger(WarmDataSource.class);

	private final Dialect dialect;

	private final BooleanSupplier idle;

	/**
	 * Create a data source.
	 * @param driver opens the sessions
	 * @param idle whether nobody works on the node now
	 */
	WarmDataSource(DataSource driver, Dialect dialect, BooleanSupplier idle) {
		super(driver);
		this.dialect = dialect;
		this.idle = idle;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return opened(super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return opened(super.getConnection(username, password));
	}

	/**
	 * A session that could not be warmed is as good as another; if it is lost, who uses
	 * it will see.
	 */
	private Connection opened(Connection connection) {
		if (this.idle.getAsBoolean()) {
			try {
				this.dialect.warmUp(connection);
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("A session could not be warmed", ex);
			}
		}
		return connection;
	}

}
