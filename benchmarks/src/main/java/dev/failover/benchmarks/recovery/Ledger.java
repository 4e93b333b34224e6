package dev.failover.benchmarks.recovery;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;

/**
 * The table of the clients. It has no unique constraint, so that a write that was applied
 * twice can be seen.
 */
final class Ledger {

	private static final String INSERT = "insert into ledger (id, client) values (?, ?) returning inet_server_port()";

	private static final String READ = "select inet_server_port(), max(id) from ledger where client = ?";

	private Ledger() {
	}

	static void create(EmbeddedPair pair) throws SQLException {
		try (Connection connection = connect(pair, pair.primary());
				Statement statement = connection.createStatement()) {
			statement.execute("create table ledger (id bigint not null, client int not null)");
			statement.execute("create index on ledger (client, id)");
		}
	}

	/**
	 * Writes an id.
	 * @return port of the server that answered
	 */
	static int write(DataSource dataSource, int client, long id) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(INSERT)) {
			statement.setLong(1, id);
			statement.setInt(2, client);
			return answer(statement);
		}
	}

	/**
	 * Reads the last id of a client.
	 * @return port of the server that answered
	 */
	static int read(DataSource dataSource, int client) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(READ)) {
			statement.setInt(1, client);
			return answer(statement);
		}
	}

	private static int answer(PreparedStatement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getInt(1);
		}
	}

	/**
	 * Returns all ids of a node, read without its proxy.
	 */
	static List<Long> ids(EmbeddedPair pair, EmbeddedNode node) throws SQLException {
		List<Long> ids = new ArrayList<>();
		try (Connection connection = connect(pair, node);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select id from ledger")) {
			while (rows.next()) {
				ids.add(rows.getLong(1));
			}
		}
		return ids;
	}

	private static Connection connect(EmbeddedPair pair, EmbeddedNode node) throws SQLException {
		return DriverManager.getConnection(node.directJdbcUrl(), pair.username(), pair.password());
	}

}
