package dev.failover.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The superuser of both servers, as which the pair is steered.
 *
 * @param database the pair's database
 * @param password its password, made up for each pair
 */
record Superuser(String database, String password) {

	static final String NAME = "postgres";

	/**
	 * Connect to the pair's database on a server directly.
	 * @param port the server's own port
	 * @param answerSeconds how long the server may take to answer, 0 for ever
	 */
	Connection connect(int port, int answerSeconds) throws SQLException {
		return connect(port, this.database, answerSeconds);
	}

	/**
	 * Connect to a server directly.
	 * @param port the server's own port
	 * @param database the database
	 * @param answerSeconds how long the server may take to answer, 0 for ever
	 */
	Connection connect(int port, String database, int answerSeconds) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", NAME);
		properties.setProperty("password", this.password);
		properties.setProperty("ApplicationName", "failover-embedded");
		properties.setProperty("connectTimeout", "2");
		properties.setProperty("loginTimeout", "10");
		properties.setProperty("socketTimeout", Integer.toString(answerSeconds));
		return DriverManager.getConnection(JdbcUrls.url(port, database), properties);
	}

	/**
	 * Return how a standby reaches its primary.
	 */
	String connectionInfo(int port) {
		return "host=127.0.0.1 port=%d user=%s password=%s connect_timeout=5".formatted(port, NAME, this.password);
	}

	@Override
	public String toString() {
		return NAME;
	}

}
