package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.failover.ErrorClass;
import dev.failover.LogPosition;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.PartialQuery;
import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.PartialQuery.Part;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * {@link Dialect} of PostgreSQL 10 and later, also behind pgBouncer.
 * <p>
 * Source: error codes from the PostgreSQL manual, appendix A.
 */
public final class PostgresDialect implements Dialect {

	/**
	 * Returns no row, but loads operators, functions, types, statistics and access
	 * methods from the catalogs into the caches of the session. Each backend has its own
	 * caches and fills them on demand, so a first statement takes less than half of the
	 * processor time afterwards.
	 */
	private static final String WARM_UP = """
			select c.relname, count(*), max(c.reltuples)
			from pg_class c
			join pg_namespace n on n.oid = c.relnamespace
			left join pg_index i on i.indexrelid = c.oid
			where c.relname like 'failover' and n.nspname = 'failover'
			group by c.relname order by 1""";

	private static final String MONITORING = "pg_has_role";

	private static final String CONNECTIONS = "connection limit";

	private static final PartialQuery FACTS = PostgresQueries.query(List.of(
			new Part(MONITORING, "pg_has_role(current_user, 'pg_read_all_stats', 'usage')",
					"Missing grants are not known then."),
			new Part(CONNECTIONS, """
					least(current_setting('max_connections')::int
					          - current_setting('superuser_reserved_connections')::int
					          - coalesce(current_setting('reserved_connections', true), '0')::int,
					      (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
					      (select nullif(datconnlimit, -1) from pg_database where datname = current_database()))""",
					"The connection limit is not known then.")));

	private static final String INSERTED = "pg_current_wal_insert_lsn()";

	private static final PartialQuery COMMITTED = PostgresQueries.query(List
		.of(new Part(INSERTED, "case when not pg_is_in_recovery() then pg_current_wal_insert_lsn() - '0/0'::pg_lsn end",
				"Reads after a write cannot be served by mirrors then.")));

	private static final String REFUSE_WRITES = "set session characteristics as transaction read only";

	/**
	 * Raise 0A000 where a serializable transaction begins on a standby (PostgreSQL 18).
	 */
	private static final Set<String> SERIALIZABLE_ROUTINES = Set.of("GetSerializableTransactionSnapshot",
			"check_transaction_isolation", "check_XactIsoLevel");

	/**
	 * Ends the text with which pgBouncer refuses a client that is one too many, with the
	 * SQLState that it uses for all else as well (1.18, {@code src/client.c}). Its texts
	 * are not translated.
	 */
	private static final Pattern POOLER_IS_FULL = Pattern.compile("\\(max_\\w*client_conn\\w*\\)");

	private final JdbcDriverSettings driverSettings = new PostgresDriverSettings();

	private final PostgresReader reader = new PostgresReader();

	@Override
	public boolean supports(String jdbcUrl) {
		return jdbcUrl.startsWith("jdbc:postgresql:");
	}

	@Override
	public List<String> productNames() {
		return List.of("PostgreSQL");
	}

	@Override
	public Reading read(Connection connection) throws SQLException {
		return this.reader.read(connection);
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		return this.reader.readReplication(connection);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * With {@code synchronous_commit=off}, a commit returns before it is flushed, and
	 * even before it is written.
	 */
	@Override
	public @Nullable LogPosition committed(Connection connection) throws SQLException {
		Long inserted = COMMITTED.read(connection).number(INSERTED);
		return (inserted != null) ? new LogPosition(Long.toString(inserted)) : null;
	}

	@Override
	public ServerFacts readFacts(Connection connection) throws SQLException {
		Answers answers = FACTS.read(connection);
		List<String> missing = "f".equals(answers.get(MONITORING)) ? List.of("pg_monitor") : List.of();
		Long limit = answers.number(CONNECTIONS);
		return new ServerFacts(missing, (limit != null) ? limit.intValue() : null);
	}

	@Override
	public String synchronousRemedy() {
		return "If no commit may be lost, name the mirror in synchronous_standby_names of the primary"
				+ " (with Patroni, set synchronous_mode).";
	}

	@Override
	public String loginRemedy() {
		return "If they are correct, check the role and the lines for it in pg_hba.conf on the server.";
	}

	@Override
	public int defaultTransactionIsolation() {
		return Connection.TRANSACTION_READ_COMMITTED;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Executes a statement, so that {@link Connection#isReadOnly()} stays false and the
	 * pool does not reset it. Does nothing behind a pooler, which may share the session
	 * with other clients.
	 */
	@Override
	public void refuseWrites(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (!isPooled(connection, statement)) {
				statement.execute(REFUSE_WRITES);
			}
		}
	}

	/**
	 * Returns whether the process that serves the session differs from the one announced
	 * at login.
	 */
	private static boolean isPooled(Connection connection, Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
			row.next();
			Long announced = BackendProcess.announced(connection);
			return announced != null && announced != row.getInt(1);
		}
	}

	@Override
	public void warmUp(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(WARM_UP);
		}
	}

	@Override
	public JdbcDriverSettings driverSettings() {
		return this.driverSettings;
	}

	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		String state = error.getSQLState();
		if (state == null) {
			return Optional.empty();
		}
		return Optional.ofNullable(switch (state) {
			case "57P01", "57P02" -> ErrorClass.CONNECTION_LOST;
			case "57P03" -> ErrorClass.STARTING_UP;
			case "25006" -> ErrorClass.READ_ONLY;
			case "0A000" -> SERIALIZABLE_ROUTINES.contains(routine(error)) ? ErrorClass.REFUSED_BY_REPLICA : null;
			case "53300" -> ErrorClass.OVERLOADED;
			case "08P01" -> isPoolerFull(error) ? ErrorClass.OVERLOADED : ErrorClass.CONNECTION_LOST;
			// raised by pgjdbc when the server answered and the login failed
			case "08004" -> ErrorClass.UNAUTHORIZED;
			default -> classifyByPrefix(state);
		});
	}

	private static boolean isPoolerFull(SQLException error) {
		return error.getMessage() != null && POOLER_IS_FULL.matcher(error.getMessage()).find();
	}

	/**
	 * Returns the server's routine that raised an error: its text may be in any language.
	 * Uses reflection, as the driver is not on the compile class path.
	 * @return the name, or an empty text if it is not known
	 */
	private static String routine(SQLException error) {
		try {
			Object message = error.getClass().getMethod("getServerErrorMessage").invoke(error);
			Object routine = (message != null) ? message.getClass().getMethod("getRoutine").invoke(message) : null;
			return (routine != null) ? routine.toString() : "";
		}
		catch (ReflectiveOperationException ex) {
			// it is not pgjdbc
			return "";
		}
	}

	private static @Nullable ErrorClass classifyByPrefix(String state) {
		if (state.startsWith("08")) {
			return ErrorClass.CONNECTION_LOST;
		}
		return state.startsWith("28") ? ErrorClass.UNAUTHORIZED : null;
	}

}
