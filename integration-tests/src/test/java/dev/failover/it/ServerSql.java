package dev.failover.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

import dev.failover.embedded.EmbeddedNode;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Runs SQL on the server of a node as superuser, past the application and the node's
 * link.
 */
public final class ServerSql {

	private ServerSql() {
	}

	public static void execute(EmbeddedNode node, String... statements) throws SQLException {
		try (Connection connection = node.connect()) {
			for (String sql : statements) {
				jdbc(connection).execute(sql);
			}
		}
	}

	/**
	 * Runs work on a connection of its own.
	 */
	public static void run(EmbeddedNode node, Consumer<JdbcOperations> work) throws SQLException {
		try (Connection connection = node.connect()) {
			work.accept(jdbc(connection));
		}
	}

	/**
	 * Returns the only column of the only row.
	 */
	public static <T> T query(EmbeddedNode node, String sql, Class<T> type) throws SQLException {
		try (Connection connection = node.connect()) {
			return jdbc(connection).queryForObject(sql, type);
		}
	}

	/**
	 * Returns the only column of all rows.
	 */
	public static <T> List<T> queryForList(EmbeddedNode node, String sql, Class<T> type) throws SQLException {
		try (Connection connection = node.connect()) {
			return jdbc(connection).queryForList(sql, type);
		}
	}

	/**
	 * Stops a mirror from applying what it receives, so that it falls behind.
	 */
	public static void pauseReplay(EmbeddedNode mirror) throws SQLException {
		execute(mirror, "select pg_wal_replay_pause()");
	}

	public static void resumeReplay(EmbeddedNode mirror) throws SQLException {
		execute(mirror, "select pg_wal_replay_resume()");
	}

	/**
	 * Closes the sessions that match a condition on {@code pg_stat_activity}.
	 */
	public static void terminateSessions(EmbeddedNode node, String condition) throws SQLException {
		execute(node, "select pg_terminate_backend(pid) from pg_stat_activity where " + condition);
	}

	private static JdbcTemplate jdbc(Connection connection) {
		return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
	}

}
