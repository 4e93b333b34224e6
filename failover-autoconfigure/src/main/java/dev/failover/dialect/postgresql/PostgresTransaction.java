package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import dev.failover.dialect.PartialQuery;
import org.jspecify.annotations.Nullable;

/**
 * Executes each statement in a transaction with settings of its own, so that it depends
 * on no default of the role or the database and leaves no trace of them in a session that
 * a pooler may share: a standby refuses every query of a serializable transaction, for
 * example. All is sent at once, so it costs one round trip.
 * <p>
 * Where the session is not shared, the server prepares the selects: planning takes it
 * longer than all else. If a prepared select fails, it is sent as it is, and if that is
 * answered, nothing is prepared in the session any more. Thread-safe.
 * <p>
 * Source: PostgreSQL manual, "PREPARE". A prepared statement belongs to the session, and
 * is planned again if the search path is not the one that it was prepared with.
 */
final class PostgresTransaction implements PartialQuery.Execution {

	/**
	 * The search path has no place for names of a user: unlike functions, types are
	 * looked for among temporary objects first where the path does not name them.
	 */
	private static final String BEFORE = "start transaction isolation level read committed; "
			+ "set local statement_timeout = 0; set local search_path = pg_catalog, pg_temp; ";

	private static final String AFTER = "; commit";

	private static final String RESET = "rollback";

	private final Map<Connection, PreparedSelects> preparing = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Allows the server to prepare the selects of a connection.
	 * @param connection a connection to a session that no pooler shares
	 */
	void prepareOn(Connection connection) {
		this.preparing.computeIfAbsent(connection, (added) -> new PreparedSelects());
	}

	@Override
	public List<@Nullable String> execute(Connection connection, String select) throws SQLException {
		PreparedSelects selects = this.preparing.get(connection);
		String statements = (selects != null) ? selects.statements(select) : select;
		try {
			return run(connection, statements);
		}
		catch (SQLException ex) {
			if (selects == null || statements.equals(select)) {
				throw ex;
			}
			reset(connection, ex);
			List<@Nullable String> values = run(connection, select);
			selects.stop();
			return values;
		}
	}

	/**
	 * Executes statements and returns the values of the first row that they return.
	 */
	static List<@Nullable String> run(Connection connection, String statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			boolean rows = statement.execute(BEFORE + statements + AFTER);
			while (!rows && statement.getUpdateCount() != -1) {
				rows = statement.getMoreResults();
			}
			try (ResultSet row = statement.getResultSet()) {
				return PartialQuery.Execution.values(row);
			}
		}
	}

	@Override
	public void reset(Connection connection, SQLException error) throws SQLException {
		PartialQuery.Execution.super.reset(connection, error);
		try (Statement statement = connection.createStatement()) {
			statement.execute(RESET);
		}
		catch (SQLException ex) {
			error.addSuppressed(ex);
			throw error;
		}
	}

	/**
	 * Selects that the server has prepared in one session. The names depend on the texts,
	 * so that no other select is executed if the session turns out to be shared.
	 */
	private static final class PreparedSelects {

		/** Where a server refuses parts of a query, it is sent in several texts. */
		private static final int MOST = 16;

		private final Set<String> prepared = new HashSet<>();

		private boolean stopped;

		/**
		 * Returns the statements that execute a select, prepared if possible.
		 */
		synchronized String statements(String select) {
			String name = "failover_" + Integer.toHexString(select.hashCode());
			if (this.prepared.contains(select)) {
				return "execute " + name;
			}
			if (this.stopped || this.prepared.size() == MOST) {
				return select;
			}
			this.prepared.add(select);
			return "prepare " + name + " as " + select + "; execute " + name;
		}

		synchronized void stop() {
			this.stopped = true;
			this.prepared.clear();
		}

	}

}
