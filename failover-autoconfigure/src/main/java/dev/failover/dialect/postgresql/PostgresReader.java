package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.failover.Role;
import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import org.jspecify.annotations.Nullable;

/**
 * Reads role, history and replication of a PostgreSQL server with
 * {@link PostgresQueries}. What the server refuses is missing in the reading.
 */
final class PostgresReader {

	/**
	 * Sources of a parameter that are settings of the server, not defaults of a role, a
	 * database or a session.
	 */
	private static final Set<String> SERVER_SOURCES = Set.of("configuration file", "command line",
			"environment variable");

	/** Version from which a parameter tells whether the server is in recovery. */
	private static final int VERSION_OF_HOT_STANDBY_PARAMETER = 14;

	private static final Pattern NAME = Pattern.compile("(?:^| )application_name=([^ ]+)");

	private static final Pattern FALLBACK_NAME = Pattern.compile("fallback_application_name=([^ ]+)");

	private final FollowedTimelines timelines = new FollowedTimelines();

	private final PostgresFollowers followers = new PostgresFollowers();

	Reading read(Connection connection) throws SQLException {
		Answers first = PostgresQueries.READING.read(connection);
		String recovery = first.get(PostgresQueries.RECOVERY);
		boolean follower = (recovery != null) ? "t".equals(recovery) : showsRecovery(connection);
		Answers answers = (recovery != null) ? first : readKnown(connection, follower);
		List<Refusal> refusals = new ArrayList<>(answers.refusals());
		if (recovery == null) {
			first.refusals()
				.stream()
				.filter((refusal) -> refusal.part().equals(PostgresQueries.RECOVERY))
				.forEach(refusals::add);
		}
		Role role = (follower || isSetReadOnly(connection, answers, refusals)) ? Role.READ_ONLY : Role.WRITABLE;
		return new Reading(role, instance(answers), history(answers, follower), refusals);
	}

	/**
	 * Reads a server that refuses to tell whether it is in recovery.
	 */
	private static Answers readKnown(Connection connection, boolean follower) throws SQLException {
		return (follower ? PostgresQueries.READING_OF_FOLLOWER : PostgresQueries.READING_OF_LEADER).read(connection);
	}

	private PostgresHistory history(Answers answers, boolean follower) {
		return new PostgresHistory(answers.get(PostgresQueries.CLUSTER),
				follower ? this.timelines.latest(instance(answers), followedTimeline(answers))
						: answers.number(PostgresQueries.WRITTEN_TIMELINE),
				answers.number(follower ? PostgresQueries.REPLAYED : PostgresQueries.FLUSHED),
				answers.number(PostgresQueries.BRANCHED), follower);
	}

	/**
	 * Returns whether the server itself is set to read-only. Transactions that are
	 * read-only by a default of the role or the database do not count: the application
	 * can begin others.
	 * @param refusals receives what the server refuses
	 */
	private static boolean isSetReadOnly(Connection connection, Answers answers, List<Refusal> refusals)
			throws SQLException {
		String told = answers.get(PostgresQueries.READ_ONLY);
		if (!"on".equals((told != null) ? told : show(connection, "transaction_read_only"))) {
			return false;
		}
		Answers found = PostgresQueries.READ_ONLY_DEFAULT.read(connection);
		refusals.addAll(found.refusals());
		String source = found.get(PostgresQueries.READ_ONLY_SOURCE);
		return source == null || SERVER_SOURCES.contains(source);
	}

	private static boolean showsRecovery(Connection connection) throws SQLException {
		boolean told = connection.getMetaData().getDatabaseMajorVersion() >= VERSION_OF_HOT_STANDBY_PARAMETER;
		return "on".equals(show(connection, told ? "in_hot_standby" : "transaction_read_only"));
	}

	/**
	 * Returns the value of a parameter, which every role may read without a function.
	 */
	private static @Nullable String show(Connection connection, String parameter) throws SQLException {
		List<@Nullable String> values = PostgresTransaction.run(connection, "show " + parameter);
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * Returns the time of the server's start, in microseconds, and its cluster. No other
	 * server of the cluster starts at the same microsecond.
	 */
	private static @Nullable String instance(Answers answers) {
		String started = answers.get(PostgresQueries.STARTED);
		return (started != null) ? Objects.requireNonNullElse(answers.get(PostgresQueries.CLUSTER), "") + "@" + started
				: null;
	}

	private static @Nullable Long followedTimeline(Answers answers) {
		return Stream
			.of(PostgresQueries.RECEIVED_TIMELINE, PostgresQueries.CHECKPOINT_TIMELINE,
					PostgresQueries.RECOVERY_TIMELINE)
			.map(answers::number)
			.filter(Objects::nonNull)
			.max(Long::compare)
			.orElse(null);
	}

	ReplicationReading readReplication(Connection connection) throws SQLException {
		Answers answers = PostgresQueries.REPLICATION.read(connection);
		Long process = answers.number(PostgresQueries.PROCESS);
		if (process != null && process.equals(BackendProcess.announced(connection))) {
			PostgresQueries.TRANSACTION.prepareOn(connection);
		}
		List<Refusal> refusals = new ArrayList<>(answers.refusals());
		String receiving = answers.get(PostgresQueries.RECEIVING);
		String senders = answers.get(PostgresQueries.FOLLOWERS);
		List<Follower> followers = (senders != null)
				? this.followers.read(connection, answers.get(PostgresQueries.STARTED), senders, refusals) : null;
		return new ReplicationReading((receiving != null) ? "t".equals(receiving) : null, null,
				name(answers.get(PostgresQueries.CONNINFO)), null, followers, refusals);
	}

	/**
	 * Returns the name that a connection string gives to the follower, as the server
	 * reads it.
	 */
	private static @Nullable String name(@Nullable String conninfo) {
		if (conninfo == null) {
			return null;
		}
		Matcher name = NAME.matcher(conninfo);
		Matcher fallback = FALLBACK_NAME.matcher(conninfo);
		return name.find() ? name.group(1) : fallback.find() ? fallback.group(1) : null;
	}

}
