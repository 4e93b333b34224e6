package dev.failover.it.library;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.it.ServerSql;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Server on which all writes of an application wait, in the statement or in the commit,
 * until it is lost.
 */
final class BlockedServer implements AutoCloseable {

	/** Query that counts the writes that wait. */
	static final String WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted";

	private final SingleConnectionDataSource session;

	private final JdbcTemplate blocker;

	private BlockedServer(Connection blocker) {
		this.session = new SingleConnectionDataSource(blocker, true);
		this.blocker = new JdbcTemplate(this.session);
	}

	/**
	 * Creates the triggers that wait, on all tables that exist.
	 */
	static void prepare(EmbeddedNode primary) throws SQLException {
		for (Point point : Point.values()) {
			ServerSql.execute(primary, ("""
					create function wait_in_%1$s() returns trigger language plpgsql as $$
					begin
						perform pg_advisory_xact_lock_shared(%2$d);
						return new;
					end $$""").formatted(point, point.ordinal()));
		}
		List<String> tables = ServerSql.queryForList(primary,
				"select table_name from information_schema.tables where table_schema = 'public'", String.class);
		for (String table : tables) {
			ServerSql.execute(primary,
					"create trigger a before insert or update or delete on " + table
							+ " for each statement execute function wait_in_statement()",
					"create constraint trigger b after insert or update or delete on " + table
							+ " deferrable initially deferred for each row execute function wait_in_commit()");
		}
	}

	/**
	 * Makes all writes wait at some point.
	 */
	static BlockedServer block(EmbeddedNode node, Point point) throws SQLException {
		BlockedServer server = new BlockedServer(node.connect());
		server.blocker.execute("select pg_advisory_lock(" + point.ordinal() + ")");
		return server;
	}

	/**
	 * Returns whether a number of writes wait. The session that asks keeps the lock.
	 */
	boolean hasWaiting(int number) {
		Integer waiting = this.blocker.queryForObject(WAITING, Integer.class);
		return waiting != null && waiting == number;
	}

	/**
	 * Lets the writes go on if the server runs.
	 */
	@Override
	public void close() {
		this.session.destroy();
	}

	/**
	 * Points at which a write can wait.
	 */
	enum Point {

		STATEMENT, COMMIT;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
