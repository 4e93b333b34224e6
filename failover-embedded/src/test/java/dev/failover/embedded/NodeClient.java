package dev.failover.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A client of a node that connects as an application does.
 *
 * @param pair the pair
 * @param node the node
 */
record NodeClient(EmbeddedPair pair, EmbeddedNode node) {

	Connection connect() throws SQLException {
		return connect(5);
	}

	Connection connect(int socketTimeoutSeconds) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", this.pair.username());
		properties.setProperty("password", this.pair.password());
		properties.setProperty("connectTimeout", "2");
		properties.setProperty("socketTimeout", Integer.toString(socketTimeoutSeconds));
		return DriverManager.getConnection(this.node.jdbcUrl(), properties);
	}

	void execute(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	String query(String sql) throws SQLException {
		try (Connection connection = connect()) {
			return query(connection, sql);
		}
	}

	Path dataDirectory() throws SQLException {
		try (Connection connection = this.node.connect()) {
			return Path.of(query(connection, "SHOW data_directory"));
		}
	}

	static String query(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet results = statement.executeQuery(sql)) {
			results.next();
			return results.getString(1);
		}
	}

}
