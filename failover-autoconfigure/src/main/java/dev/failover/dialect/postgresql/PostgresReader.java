package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.failover.Role;
import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.PartialQuery.Part;
import dev.failover.dialect.PartialQuery;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Reads role, history and replication of a PostgreSQL server.
 * <p>
 * Each query runs in a transaction with settings of its own, so that it depends on no
 * default of the role or the database and leaves no trace in a session that a pooler may
 * share: a standby refuses every query of a serializable transaction, for example. One
 * simple query carries all statements, so it costs one round trip.
 * <p>
 * Sources: PostgreSQL manual, "Backup Control Functions", "Recovery Information
 * Functions", "Control Data Functions" and "The Cumulative Statistics System", whose
 * columns read as null without the role {@code pg_monitor}.
 */
final class PostgresReader {

	private static final String BEFORE = "start transaction isolation level read committed; "
			+ "set local statement_timeout = 0; set local search_path = pg_catalog; ";

	private static final String AFTER = "; commit";

	private static final String RESET = "rollback";

	/**
	 * The timeline of a leader is part of the name of the log file that it writes:
	 * {@code pg_control_checkpoint()} returns the old one until the next checkpoint.
	 */
	private static final PartialQuery READING = new PartialQuery(BEFORE, List.of(part("recovery", "pg_is_in_recovery()",
			"The role is then told by the parameter transaction_read_only alone, and the history is not known."),
			part("read-only", "current_setting('transaction_read_only')",
					"A server that is set to read-only is then taken for one that accepts writes."),
			part("cluster", "(select system_identifier from pg_control_system())",
					"It cannot be verified then that the nodes hold the same database. Grant the execution of "
							+ "pg_control_system() to the user, or set failover.replication.verify=false."),
			part("started", "extract(epoch from pg_postmaster_start_time())",
					"Two names for one server, and a name that leads to another server, cannot be told then. Grant the "
							+ "execution of pg_postmaster_start_time() to the user."),
			part("flushed", "case when not pg_is_in_recovery() then pg_current_wal_flush_lsn() - '0/0'::pg_lsn end",
					"The lag of the mirrors is not known then. Grant the execution of pg_current_wal_flush_lsn() to the "
							+ "user, or set failover.replication.verify=false."),
			part("written-timeline", """
					case when not pg_is_in_recovery()
					     then ('x' || substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8))::bit(32)::int end""",
					"A promotion cannot be verified then. Grant the execution of pg_walfile_name(pg_lsn) to the user, "
							+ "or set failover.replication.verify=false."),
			part("branched", """
					case when not pg_is_in_recovery()
					     then (select nullif(min_recovery_end_lsn, '0/0') from pg_control_recovery())
					          - '0/0'::pg_lsn end""",
					"What a promoted server lacks is then estimated from its last sample. Grant the execution of "
							+ "pg_control_recovery() to the user."),
			part("replayed", "case when pg_is_in_recovery() then pg_last_wal_replay_lsn() - '0/0'::pg_lsn end",
					"The lag of this mirror is not known then. Grant the execution of pg_last_wal_replay_lsn() to the "
							+ "user, or set failover.replication.verify=false."),
			part("received-timeline", "(select received_tli from pg_stat_get_wal_receiver() where pid is not null)",
					"The history of this mirror is then known from its last restart point only."),
			part("checkpoint-timeline",
					"case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint()) end",
					"The history of this mirror is then known only while it receives the log of the leader."),
			part("recovery-timeline",
					"case when pg_is_in_recovery() then (select min_recovery_end_timeline from pg_control_recovery()) end",
					"The history of this mirror is then known only while it receives the log of the leader.")),
			AFTER, RESET);

	/**
	 * Calls the functions under the view {@code pg_stat_replication}: the view also joins
	 * roles, which takes several times as long.
	 */
	private static final PartialQuery REPLICATION = new PartialQuery(BEFORE, List.of(
			part("receiving", """
					exists (select from pg_stat_get_wal_receiver()
					        where pid is not null and coalesce(status, 'streaming') = 'streaming')""",
					"It cannot be verified then that this mirror replicates the leader. Grant the execution of "
							+ "pg_stat_get_wal_receiver() to the user, or set failover.replication.verify=false."),
			part("name", """
					(select coalesce(substring(conninfo from '(?:^| )application_name=(\\S+)'),
					                 substring(conninfo from 'fallback_application_name=(\\S+)'))
					 from pg_stat_get_wal_receiver())""", "The name under which this mirror streams is not known."),
			part("followers", """
					coalesce((select string_agg(concat_ws(' ', coalesce(sender.sync_state, '?'),
					                                      activity.application_name), e'\\n')
					          from pg_stat_get_wal_senders() sender
					          left join lateral pg_stat_get_activity(sender.pid) activity on true), '')""",
					"It is not known then whether commits wait for a mirror.")),
			AFTER, RESET);

	private static Part part(String name, String expression, String consequence) {
		return new Part(name, expression, consequence);
	}

	Reading read(Connection connection) throws SQLException {
		Answers answers = READING.read(connection);
		boolean follower = "t".equals(answers.get("recovery"));
		PostgresHistory history = new PostgresHistory(answers.get("cluster"),
				follower ? followedTimeline(answers) : answers.number("written-timeline"),
				answers.number(follower ? "replayed" : "flushed"), answers.number("branched"), follower);
		return new Reading(role(answers), instance(answers), history, answers.refusals());
	}

	private static Role role(Answers answers) {
		String recovery = answers.get("recovery");
		String readOnly = answers.get("read-only");
		if ("t".equals(recovery) || "on".equals(readOnly)) {
			return Role.READ_ONLY;
		}
		return (recovery != null || readOnly != null) ? Role.WRITABLE : Role.UNKNOWN;
	}

	/**
	 * Returns the time of the server's start, in microseconds, and its cluster. No other
	 * server of the cluster starts at the same microsecond.
	 */
	private static @Nullable String instance(Answers answers) {
		String started = answers.get("started");
		return (started != null) ? Objects.requireNonNullElse(answers.get("cluster"), "") + "@" + started : null;
	}

	private static @Nullable Long followedTimeline(Answers answers) {
		return Stream.of("received-timeline", "checkpoint-timeline", "recovery-timeline")
			.map(answers::number)
			.filter(Objects::nonNull)
			.max(Long::compare)
			.orElse(null);
	}

	ReplicationReading readReplication(Connection connection) throws SQLException {
		Answers answers = REPLICATION.read(connection);
		String receiving = answers.get("receiving");
		return new ReplicationReading((receiving != null) ? "t".equals(receiving) : null, null, answers.get("name"),
				null, followers(answers.get("followers")), answers.refusals());
	}

	/**
	 * Returns the followers, one in each line; null if their state may not be read.
	 */
	private static @Nullable List<Follower> followers(@Nullable String lines) {
		if (lines == null || lines.startsWith("?") || lines.contains("\n?")) {
			return null;
		}
		return lines.lines().map(PostgresReader::follower).toList();
	}

	private static Follower follower(String line) {
		String[] words = line.split(" ", 2);
		return new Follower((words.length == 2) ? words[1] : null,
				words[0].equals("sync") || words[0].equals("quorum"));
	}

}
