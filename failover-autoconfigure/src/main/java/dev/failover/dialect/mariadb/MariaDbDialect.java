package dev.failover.dialect.mariadb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.mysql.MySqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * {@link Dialect} of MariaDB 10.3 and later, with MariaDB Connector/J or MySQL
 * Connector/J. A server that is MySQL is read by the dialect of MySQL, whatever the URL
 * says.
 * <p>
 * Sources: MariaDB documentation, "Global Transaction ID", "SHOW ALL REPLICAS STATUS" and
 * "Semisynchronous Replication"; the dialect was run on MariaDB 11.4.5.
 */
final class MariaDbDialect extends MySqlDialect {

	private static final String SERVER = "server";

	private static final String INSTANCE = "server_uid";

	private static final String GTIDS = "gtid_binlog_state";

	private final GaleraDialect galera = new GaleraDialect();

	/** Servers that this application has seen refusing writes. */
	private final Set<String> seenReadOnly = recentServers();

	/**
	 * {@inheritDoc}
	 * <p>
	 * Members of a Galera cluster, of MariaDB or MySQL, are read as such.
	 */
	@Override
	public Dialect forServer(Connection connection) throws SQLException {
		return GaleraDialect.isMember(ask(connection, List.of(GaleraDialect.MEMBERSHIP))) ? this.galera : this;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Old versions have no {@code server_uid}; one that is asked for it all the same
	 * refuses that once for each connection. All versions know
	 * {@code show all slaves status}.
	 */
	@Override
	protected List<Question> questions(ServerVersion version) {
		if (!version.isMariaDb()) {
			return super.questions(version);
		}
		List<Question> questions = new ArrayList<>(List.of(
				new Question(SERVER,
						"select @@global.read_only as read_only, @@global.server_id as id, @@hostname as host, "
								+ "@@port as port",
						null),
				new Question(GTIDS,
						"select @@global.gtid_binlog_state as written, @@global.gtid_slave_pos as applied, "
								+ "@@global.log_bin as log_bin",
						"It cannot be verified then that a mirror replicates the leader."),
				new Question(STATUS, "show all slaves status",
						"It cannot be verified then that this mirror replicates the leader. Grant " + grant(version)
								+ " to the user."),
				semiSync()));
		if (version.isAtLeast(10, 9, 0)) {
			questions.add(new Question(INSTANCE, "select @@global.server_uid as uid", ""));
		}
		return questions;
	}

	@Override
	protected State understand(ServerVersion version, Answers answers) {
		if (!version.isMariaDb()) {
			return super.understand(version, answers);
		}
		Map<String, String> server = answers.row(SERVER);
		Role role = role(server.get("read_only"));
		String id = server.getOrDefault("id", "0");
		String instance = Objects.requireNonNullElse(answers.row(INSTANCE).get("uid"),
				id + "@" + server.get("host") + ":" + server.get("port"));
		List<Source> sources = answers.hasAnswered(STATUS) ? answers.rows(STATUS)
			.stream()
			.map((status) -> Source.of(status, status.get("master_server_id")))
			.toList() : null;
		if (role == Role.READ_ONLY) {
			this.seenReadOnly.add(instance);
		}
		List<Refusal> refusals = new ArrayList<>(answers.refusals(GTIDS));
		GtidState state = state(answers.row(GTIDS), refusals);
		History history = (state != null)
				? history(state, Long.valueOf(id), role, sources, this.seenReadOnly.contains(instance)) : null;
		return new State(role, new ServerName(id, instance), history, sources, refusals);
	}

	/**
	 * Returns the transactions that a server has applied. Without a binary log, those of
	 * its own are not known.
	 * @param refusals receives the reason for which they are not known
	 */
	private static @Nullable GtidState state(Map<String, String> gtids, List<Refusal> refusals) {
		if (gtids.isEmpty()) {
			return null;
		}
		if ("0".equals(gtids.get("log_bin"))) {
			refusals.add(new Refusal("log_bin", "it is off",
					"It cannot be verified then that a mirror replicates the leader. Set log_bin on all servers, and "
							+ "log_slave_updates on the mirrors."));
			return null;
		}
		return GtidState
			.parse(Stream.of("written", "applied").flatMap((name) -> Stream.ofNullable(gtids.get(name))).toList());
	}

	/**
	 * Returns the history of a server. It leads if it accepts writes and follows nobody.
	 * A follower that merely stopped is told from one that was promoted: its
	 * configuration as a follower was removed, it has written itself, or it was seen
	 * refusing writes before.
	 */
	private static MariaDbHistory history(GtidState state, Long id, Role role, @Nullable List<Source> sources,
			boolean seenReadOnly) {
		boolean writable = role == Role.WRITABLE;
		boolean wroteLast = state.lastWriters().contains(id);
		Boolean following = State.isFollowing(sources);
		boolean configured = sources == null || !sources.isEmpty();
		boolean leading = writable && !Boolean.TRUE.equals(following) && (!configured || wroteLast || seenReadOnly);
		boolean promoted = writable && ((following != null) ? !following : wroteLast)
				&& state.writers().stream().anyMatch((writer) -> !writer.equals(id));
		Set<Long> writers = new HashSet<>();
		if (writable) {
			writers.add(id);
		}
		if (!leading) {
			writers.addAll(state.lastWriters());
			Stream.ofNullable(sources)
				.flatMap(List::stream)
				.filter(Source::isRunning)
				.flatMap((source) -> Stream.ofNullable(source.id()))
				.forEach((source) -> writers.add(Long.valueOf(source)));
		}
		return new MariaDbHistory(state, id, promoted, leading, Set.copyOf(writers));
	}

	@Override
	protected String position(ServerVersion version) {
		return version.isMariaDb() ? "@@global.gtid_binlog_pos" : super.position(version);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Source: MariaDB documentation, "GRANT": the privilege was split in 10.5.
	 */
	@Override
	protected String grant(ServerVersion version) {
		return (version.isMariaDb() && version.isAtLeast(10, 5, 9)) ? "SLAVE MONITOR" : super.grant(version);
	}

	@Override
	public String synchronousRemedy() {
		return "If no commit may be lost, use semi-synchronous replication: set rpl_semi_sync_master_enabled on the "
				+ "primary, rpl_semi_sync_slave_enabled on the mirrors, and a long rpl_semi_sync_master_timeout"
				+ " (on MySQL, the variables rpl_semi_sync_source_* and rpl_semi_sync_replica_*).";
	}

}
