package dev.failover.dialect.postgresql;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.dialect.PartialQuery;
import dev.failover.dialect.PartialQuery.Part;

/**
 * Queries for role, history and replication of a PostgreSQL server. Their parts bear the
 * names of the functions that they call.
 * <p>
 * Each query runs in a {@link PostgresTransaction}, in one round trip.
 * <p>
 * Sources: PostgreSQL manual, "Backup Control Functions", "Recovery Information
 * Functions", "Control Data Functions" and "The Cumulative Statistics System", whose
 * columns read as null without the role {@code pg_monitor}.
 */
final class PostgresQueries {

	static final PostgresTransaction TRANSACTION = new PostgresTransaction();

	static final String RECOVERY = "pg_is_in_recovery()";

	static final String READ_ONLY = "current_setting('transaction_read_only')";

	static final String READ_ONLY_SOURCE = "pg_show_all_settings()";

	static final String CLUSTER = "pg_control_system()";

	static final String STARTED = "pg_postmaster_start_time()";

	static final String FLUSHED = "pg_current_wal_flush_lsn()";

	static final String WRITTEN_TIMELINE = "pg_walfile_name(pg_lsn)";

	static final String BRANCHED = "pg_control_recovery().min_recovery_end_lsn";

	static final String REPLAYED = "pg_last_wal_replay_lsn()";

	static final String RECEIVED_TIMELINE = "pg_stat_get_wal_receiver().received_tli";

	static final String CHECKPOINT_TIMELINE = "pg_control_checkpoint()";

	static final String RECOVERY_TIMELINE = "pg_control_recovery().min_recovery_end_timeline";

	static final String RECEIVING = "pg_stat_get_wal_receiver()";

	static final String CONNINFO = "pg_stat_get_wal_receiver().conninfo";

	static final String PROCESS = "pg_backend_pid()";

	static final String FOLLOWERS = "pg_stat_get_wal_senders()";

	static final String NAMES = "pg_stat_get_activity(integer)";

	private static final String FOLLOWERS_UNKNOWN = "It is not known then which mirrors follow this server and "
			+ "whether commits wait for them.";

	/** Reads where the default of read-only transactions was set. */
	static final PartialQuery READ_ONLY_DEFAULT = query(List.of(part(READ_ONLY_SOURCE,
			"(select source from pg_show_all_settings() where name = 'default_transaction_read_only')",
			"A user or database whose transactions are read-only by default is then taken for a server that is set to "
					+ "read-only.",
			READ_ONLY_SOURCE)));

	static final PartialQuery READING = reading("pg_is_in_recovery()");

	/**
	 * Reads a server that is known to be in recovery. The server drops the functions that
	 * do not apply, instead of refusing them.
	 */
	static final PartialQuery READING_OF_FOLLOWER = reading("true");

	/** Reads a server that is known not to be in recovery. */
	static final PartialQuery READING_OF_LEADER = reading("false");

	/**
	 * Calls the functions under the views {@code pg_stat_wal_receiver} and
	 * {@code pg_stat_replication}: the latter also joins sessions and roles, which takes
	 * several times as long.
	 */
	static final PartialQuery REPLICATION = query(List.of(
			proof(RECEIVING, """
					exists (select from pg_stat_get_wal_receiver()
					        where pid is not null and coalesce(status, 'streaming') = 'streaming')""",
					"It cannot be verified then that this mirror replicates the leader.", "pg_stat_get_wal_receiver()"),
			part(CONNINFO, "(select conninfo from pg_stat_get_wal_receiver())",
					"The name under which this mirror streams is not known then.", "pg_stat_get_wal_receiver()"),
			part(FOLLOWERS, """
					coalesce((select string_agg(pid || ' ' || coalesce(sync_state, '?'), e'\\n')
					          from pg_stat_get_wal_senders()), '')""", FOLLOWERS_UNKNOWN,
					"pg_stat_get_wal_senders() and pg_stat_get_activity(integer)"),
			part(STARTED, STARTED, "The names of the followers are then read at each probe.", STARTED),
			part(PROCESS, PROCESS, "Each probe then costs the server more than twice the time.", PROCESS)));

	/**
	 * Reads the names of the followers, by the process that sends to each. The server
	 * copies the state of all its sessions for that.
	 */
	static final PartialQuery NAMES_OF_FOLLOWERS = query(List.of(part(NAMES, """
			(select string_agg(sender.pid || ' ' || activity.application_name, e'\\n')
			 from pg_stat_get_wal_senders() sender, lateral pg_stat_get_activity(sender.pid) activity)""",
			FOLLOWERS_UNKNOWN, NAMES)));

	private PostgresQueries() {
	}

	/**
	 * Returns a query that depends on no default of the role, the database or the
	 * session, and changes none. Its first part is a constant, whose failure shows that
	 * an error is not about one of the other parts.
	 */
	static PartialQuery query(List<Part> parts) {
		return new PartialQuery(TRANSACTION,
				Stream.concat(Stream.of(new Part("answers", "true", null)), parts.stream()).toList());
	}

	/**
	 * Returns the query for role and history.
	 * @param recovery expression that tells whether the server is in recovery
	 */
	private static PartialQuery reading(String recovery) {
		String leader = "case when not " + recovery + " then ";
		String follower = "case when " + recovery + " then ";
		return query(Stream.of(server(recovery), written(leader), applied(follower))
			.flatMap((parts) -> parts.stream())
			.toList());
	}

	private static List<Part> server(String recovery) {
		return List.of(part(RECOVERY, recovery, "Each probe then takes more round trips.", RECOVERY),
				part(READ_ONLY, READ_ONLY, "Each probe then takes another round trip.", "current_setting(text)"),
				proof(CLUSTER, "(select system_identifier from pg_control_system())",
						"It cannot be verified then that the nodes hold the same database.", CLUSTER),
				part(STARTED, "(extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint",
						"Two names for one server, and a name that leads to another server, cannot be told then.",
						STARTED));
	}

	/**
	 * Returns the parts of a leader's history. Its timeline is part of the name of the
	 * log file that it writes, for any position: {@code pg_control_checkpoint()} returns
	 * the old one until the next checkpoint. The position must not be a constant, with
	 * which the planner would call the function, on a follower, too, where it fails.
	 */
	private static List<Part> written(String leader) {
		return List.of(
				proof(FLUSHED, leader + "pg_current_wal_flush_lsn() - '0/0'::pg_lsn end",
						"The lag of the mirrors is not known then.", FLUSHED),
				proof(WRITTEN_TIMELINE, leader + """
						('x' || substr(pg_walfile_name(case when current_user is null then '0/0'::pg_lsn
						                                    else '0/1000000'::pg_lsn end), 1, 8))::bit(32)::int end""",
						"A promotion cannot be verified then.", WRITTEN_TIMELINE),
				part(BRANCHED,
						leader + "(select nullif(min_recovery_end_lsn, '0/0') from pg_control_recovery())"
								+ " - '0/0'::pg_lsn end",
						"What a promoted server lacks is then estimated from its last sample.",
						"pg_control_recovery()"));
	}

	private static List<Part> applied(String follower) {
		return List.of(
				proof(REPLAYED, follower + "pg_last_wal_replay_lsn() - '0/0'::pg_lsn end",
						"The lag of this mirror is not known then.", REPLAYED),
				part(RECEIVED_TIMELINE, "(select received_tli from pg_stat_get_wal_receiver() where pid is not null)",
						"The timeline of this mirror is then known from its last restart point only.",
						"pg_stat_get_wal_receiver()"),
				part(CHECKPOINT_TIMELINE, follower + "(select timeline_id from pg_control_checkpoint()) end",
						"The timeline of this mirror is then known only while it receives the log of the leader.",
						CHECKPOINT_TIMELINE),
				part(RECOVERY_TIMELINE, follower + "(select min_recovery_end_timeline from pg_control_recovery()) end",
						"The timeline of this mirror is then known only while it receives the log of the leader.",
						"pg_control_recovery()"));
	}

	/**
	 * Returns a part without which a mirror may not be verified.
	 */
	private static Part proof(String name, String expression, String consequence, String function) {
		return new Part(name, expression, consequence + " Grant the execution of " + function
				+ " to the user, or set failover.replication.verify=false if that is not possible.");
	}

	private static Part part(String name, String expression, String consequence, String function) {
		return new Part(name, expression, consequence + " Grant the execution of " + function + " to the user.");
	}

}
