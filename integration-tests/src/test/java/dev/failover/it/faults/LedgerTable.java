package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code ledger} that clients write to. It has no unique constraint, so that a
 * write that was applied twice is found twice.
 */
final class LedgerTable {

	static final String INSERT = "insert into ledger (id, client, number, server) "
			+ "values (?, ?, ?, inet_server_port()) returning server";

	static final String HIGHEST = "select coalesce(max(number), 0) as number, inet_server_port() as server "
			+ "from ledger where client = ?";

	private static final List<String> CREATE = List.of("drop table if exists ledger", """
			create table ledger (
			    id bigint not null,
			    client int not null,
			    number bigint not null,
			    server int not null)""", "create index on ledger (client, number)");

	private LedgerTable() {
	}

	static void create(String url, String username, String password) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url, username, password);
				Statement statement = connection.createStatement()) {
			for (String sql : CREATE) {
				statement.execute(sql);
			}
		}
	}

	/**
	 * Returns the ids of all writes that a server has.
	 */
	static List<Long> read(String url, String username, String password) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url, username, password)) {
			return read(connection);
		}
	}

	/**
	 * Returns the ids of all writes that the server of a connection has.
	 */
	static List<Long> read(Connection connection) throws SQLException {
		List<Long> stored = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select id from ledger where id > 0")) {
			while (row.next()) {
				stored.add(row.getLong(1));
			}
		}
		return stored;
	}

}
