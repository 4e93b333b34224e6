package dev.failover.dialect.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.failover.ErrorClass;
import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.mysql.Session.Read;
import org.jspecify.annotations.Nullable;

/**
 * {@link Dialect} of MySQL 5.6 and later, with MySQL Connector/J or MariaDB Connector/J.
 * The server itself tells whether it is MySQL or MariaDB: the dialect of MariaDB, which
 * extends this one, leaves servers of MySQL to it.
 * <p>
 * One round trip of a probe reads role, history and replication; what it tells of
 * replication is kept until {@link #readReplication} asks for it. The state of
 * semi-synchronous replication takes another one, where it is used.
 */
public class MySqlDialect implements Dialect {

	/** Name of the question for the state of replication. */
	protected static final String STATUS = KnownServers.STATUS;

	private static final Set<String> ON = Set.of("1", "ON", "YES");

	private final JdbcDriverSettings driverSettings = new ProtocolDriverSettings();

	private final Map<Connection, Session> sessions = Collections.synchronizedMap(new WeakHashMap<>());

	private final KnownServers servers = new KnownServers();

	private final SemiSync semiSync = new SemiSync();

	private final MySqlReader reader = new MySqlReader();

	@Override
	public boolean supports(String jdbcUrl) {
		return ProtocolDriverSettings.accepts(jdbcUrl);
	}

	@Override
	public List<String> productNames() {
		return List.of("MySQL", "MariaDB");
	}

	@Override
	public final JdbcDriverSettings driverSettings() {
		return this.driverSettings;
	}

	@Override
	public final Reading read(Connection connection) throws SQLException {
		Session session = session(connection);
		ServerVersion version = session.version(connection);
		Answers answers = session.questions().ask(connection, questions(version));
		State state = understand(version, answers);
		this.servers.add(state);
		session.keep(state, answers);
		return new Reading(state.role(), state.name().instance(), state.history(), state.refusals());
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		Session session = session(connection);
		Read read = session.take();
		if (read == null) {
			read(connection);
			read = Objects.requireNonNull(session.take());
		}
		State state = read.state();
		String server = Objects.requireNonNullElse(state.name().instance(), "");
		return this.servers.replication(state, read.answers(),
				this.semiSync.ask(connection, session.questions(), server, read.answers()));
	}

	/**
	 * Asks questions other than those of a probe. What the server refuses is left out.
	 * @throws SQLException if it refuses a required one, or the connection is lost
	 */
	protected final Answers ask(Connection connection, List<Question> questions) throws SQLException {
		return session(connection).questions().ask(connection, questions);
	}

	private Session session(Connection connection) {
		return this.sessions.computeIfAbsent(connection, (added) -> new Session());
	}

	/**
	 * Returns the questions of a probe, in the order in which they are asked.
	 */
	protected List<Question> questions(ServerVersion version) {
		return this.reader.questions(version);
	}

	/**
	 * Returns the question whether semi-synchronous replication is used.
	 */
	protected static Question semiSync() {
		return SemiSync.SETTINGS;
	}

	/**
	 * Returns what the answers of a server mean.
	 */
	protected State understand(ServerVersion version, Answers answers) {
		return this.reader.understand(answers);
	}

	/**
	 * Returns an empty, thread-safe set of keys of servers, which forgets those that were
	 * not seen for long.
	 */
	protected static Set<String> recentServers() {
		return Collections.synchronizedSet(Collections.newSetFromMap(new RecentServers<>()));
	}

	/**
	 * Returns the role for a value of {@code read_only}.
	 */
	protected static Role role(@Nullable String readOnly) {
		return (readOnly == null || isOn(readOnly)) ? Role.READ_ONLY : Role.WRITABLE;
	}

	static boolean isOn(@Nullable String value) {
		return value != null && ON.contains(value.toUpperCase(Locale.ROOT));
	}

	/**
	 * Returns the value of the first column that a row has.
	 */
	static @Nullable String first(Map<String, String> row, String name, String oldName) {
		String value = row.get(name);
		return (value != null) ? value : row.get(oldName);
	}

	@Override
	public final String positionUnit() {
		return "transactions";
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Asks the driver for the product, which it knows from the login.
	 */
	@Override
	public final @Nullable LogPosition committed(Connection connection) throws SQLException {
		ServerVersion version = ServerVersion.of(connection.getMetaData().getDatabaseProductVersion());
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select @@global.read_only, " + position(version))) {
			String position = (row.next() && !isOn(row.getString(1))) ? row.getString(2) : null;
			return (position == null || position.isBlank()) ? null : new LogPosition(position.replaceAll("\\s", ""));
		}
	}

	/**
	 * Returns the expression for the position after the last commit.
	 */
	protected String position(ServerVersion version) {
		return "@@global.gtid_executed";
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A limit of the account is what the session variable {@code max_user_connections}
	 * returns.
	 */
	@Override
	public final ServerFacts readFacts(Connection connection) throws SQLException {
		Session session = session(connection);
		Question limits = new Question("limits",
				"select @@global.max_connections as all_users, @@session.max_user_connections as this_user",
				"The connection limit is not known then.");
		List<Question> asked = new ArrayList<>(List.of(limits));
		questions(session.version(connection)).stream()
			.filter((question) -> question.name().equals(STATUS))
			.forEach(asked::add);
		Answers answers = session.questions().ask(connection, asked);
		List<String> missing = asked.stream().map(Question::name).filter(STATUS::equals).allMatch(answers::hasAnswered)
				? List.of() : List.of(grant(session.version(connection)) + " on *.*");
		return new ServerFacts(missing, limit(answers.row(limits.name())));
	}

	/**
	 * Returns the grant that the state of replication needs.
	 */
	protected String grant(ServerVersion version) {
		return "REPLICATION CLIENT";
	}

	private static @Nullable Integer limit(Map<String, String> row) {
		String all = row.get("all_users");
		if (all == null) {
			return null;
		}
		int own = Integer.parseInt(row.getOrDefault("this_user", "0"));
		return (own > 0) ? Math.min(own, Integer.parseInt(all)) : Integer.valueOf(all);
	}

	@Override
	public final int defaultTransactionIsolation() {
		return Connection.TRANSACTION_REPEATABLE_READ;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Executes a statement, so that the driver does not know of it. MySQL Connector/J
	 * asks the server whether a session is read-only, so that a pool resets it.
	 */
	@Override
	public final void refuseWrites(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("set session transaction read only");
		}
	}

	@Override
	public final Optional<ErrorClass> classify(SQLException error) {
		return Optional.ofNullable(MySqlErrors.classify(error));
	}

	@Override
	public final boolean nothingWasSent(SQLException error) {
		return Dialect.super.nothingWasSent(error) || MySqlErrors.isClosedBefore(error);
	}

	@Override
	public String synchronousRemedy() {
		return "If no commit may be lost, use semi-synchronous replication: set rpl_semi_sync_source_enabled on the "
				+ "primary, rpl_semi_sync_replica_enabled on the mirrors, and a long rpl_semi_sync_source_timeout.";
	}

	@Override
	public final String loginRemedy() {
		return "If they are correct, check on the server that there is an account for this user and this host.";
	}

	/**
	 * Version of a server.
	 *
	 * @param text text that the server returns
	 * @param number major, minor and patch number, as one number
	 */
	public record ServerVersion(String text, int number) {

		private static final Pattern NUMBERS = Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)\\.(\\d+).*");

		/**
		 * Returns the version in a text such as {@code 5.5.5-10.11.19-MariaDB-log}, of
		 * which MariaDB puts the first number before its own for old clients.
		 */
		static ServerVersion of(String text) {
			Matcher numbers = NUMBERS.matcher(text);
			return new ServerVersion(text, numbers.matches() ? number(Integer.parseInt(numbers.group(1)),
					Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(3))) : 0);
		}

		private static int number(int major, int minor, int patch) {
			return (major * 100 + minor) * 1000 + patch;
		}

		/**
		 * Returns whether the server is MariaDB.
		 */
		public boolean isMariaDb() {
			return this.text.contains("MariaDB");
		}

		/**
		 * Returns whether the version is a given one or later.
		 */
		public boolean isAtLeast(int major, int minor, int patch) {
			return this.number >= number(major, minor, patch);
		}

	}

	/**
	 * Statement that returns rows.
	 *
	 * @param name name for people
	 * @param sql the statement
	 * @param consequence what is not known if the server refuses it, and the remedy, in
	 * sentences; null if it is required
	 */
	public record Question(String name, String sql, @Nullable String consequence) {

	}

	/**
	 * Answers of a server.
	 *
	 * @param found rows by the name of their question; columns by their lower-case labels
	 * @param all questions that the server refuses
	 */
	public record Answers(Map<String, List<Map<String, String>>> found, List<Refusal> all) {

		/**
		 * Returns whether a question was answered.
		 */
		public boolean hasAnswered(String question) {
			return this.found.containsKey(question);
		}

		/**
		 * Returns the rows for a question, none if it was refused.
		 */
		public List<Map<String, String>> rows(String question) {
			return this.found.getOrDefault(question, List.of());
		}

		/**
		 * Returns the first row for a question, empty if there is none.
		 */
		public Map<String, String> row(String question) {
			List<Map<String, String>> rows = rows(question);
			return rows.isEmpty() ? Map.of() : rows.get(0);
		}

		/**
		 * Returns the values of the variables in the rows for a question, by their
		 * lower-case names.
		 */
		public Map<String, String> variables(String question) {
			Map<String, String> variables = new HashMap<>();
			rows(question).forEach((row) -> variables
				.put(row.getOrDefault("variable_name", "").toLowerCase(Locale.ROOT), row.getOrDefault("value", "")));
			return variables;
		}

		/**
		 * Returns the refusals of some questions.
		 */
		public List<Refusal> refusals(String... questions) {
			List<String> names = List.of(questions);
			return this.all.stream().filter((refusal) -> names.contains(refusal.part())).toList();
		}

	}

	/**
	 * Answers of a server about itself.
	 *
	 * @param sources servers that it is configured to follow, or null if that is not
	 * known
	 * @param refusals what it refuses to tell of itself
	 */
	public record State(Role role, ServerName name, @Nullable History history, @Nullable List<Source> sources,
			List<Refusal> refusals) {

		/**
		 * Returns whether it is configured to follow another server and tries to; null if
		 * that is not known.
		 */
		public static @Nullable Boolean isFollowing(@Nullable List<Source> sources) {
			return (sources != null) ? (Boolean) sources.stream().anyMatch(Source::isRunning) : null;
		}

	}

	/**
	 * Names of a server.
	 *
	 * @param id name that its followers know
	 * @param instance identity of the server
	 */
	public record ServerName(@Nullable String id, @Nullable String instance) {

	}

	/**
	 * Server that another one is configured to follow.
	 *
	 * @param id name of the source, or null before the first connection to it
	 * @param receiving whether the log is received now
	 * @param applying whether what is received is applied
	 * @param running whether one of the two is tried
	 * @param lag lag as the follower measures it
	 */
	public record Source(@Nullable String id, boolean receiving, boolean applying, boolean running,
			@Nullable Duration lag) {

		/**
		 * Creates a source from a row of the replica's status. The columns are named for
		 * master and slave before MySQL 8.0.22, and in MariaDB.
		 */
		public static Source of(Map<String, String> status, @Nullable String id) {
			String receiver = first(status, "replica_io_running", "slave_io_running");
			String applier = first(status, "replica_sql_running", "slave_sql_running");
			String lag = first(status, "seconds_behind_source", "seconds_behind_master");
			boolean named = id != null && !id.isBlank() && !id.equals("0");
			return new Source(named ? id : null, isOn(receiver), isOn(applier),
					!"No".equalsIgnoreCase(receiver) || !"No".equalsIgnoreCase(applier),
					(lag != null) ? Duration.ofSeconds(Long.parseLong(lag)) : null);
		}

		/**
		 * Returns whether the follower has both connection and applier at work.
		 */
		public boolean isStreaming() {
			return this.receiving && this.applying;
		}

		/**
		 * Returns whether the follower tries to follow it.
		 */
		public boolean isRunning() {
			return this.running;
		}

	}

}
