package dev.failover.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The superuser of the servers, as which this module controls them.
 *
 * @param database name of the pair's database
 * @param password the superuser's password, generated for each pair
 */
record Superuser(String database, String password) {

	static final String NAME = "postgres";

	/**
	 * Connect to the pair's database on a server.
	 * @param port the server's own port
	 * @param socketTimeoutSeconds the time within which the server has to answer, 0 for
	 * no limit
	 * @return a new connection
	 */
	Connection connect(int port, int socketTimeoutSeconds) throws SQLException {
		return connect(port, this.database, socketTimeoutSeconds);
	}

	/**
	 * Connect to a database on a server.
	 * @param port the server's own port
	 * @param database name of the database
	 * @param socketTimeoutSeconds the time within which the server has to answer, 0 for
	 * no limit
	 * @return a new connection
	 */
	Connection connect(int port, String database, int socketTimeoutSeconds) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", NAME);
		properties.setProperty("password", this.password);
		properties.setProperty("ApplicationName", "failover-embedded");
		properties.setProperty("connectTimeout", "2");
		properties.setProperty("loginTimeout", "10");
		properties.setProperty("socketTimeout", Integer.toString(socketTimeoutSeconds));
		return DriverManager.getConnection(JdbcUrls.url(port, database), properties);
	}

	/**
	 * Return the connection string with which a standby reaches its primary.
	 * @param port the primary's own port
	 * @return a value for {@code primary_conninfo}
	 */
	String connectionInfo(int port) {
		return "host=127.0.0.1 port=%d user=%s password=%s connect_timeout=5".formatted(port, NAME, this.password);
	}

	@Override
	public String toString() {
		return NAME;
	}

}
