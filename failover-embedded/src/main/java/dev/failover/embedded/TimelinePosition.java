package dev.failover.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A position in the log of a server that is running.
 *
 * @param timeline timeline of the server
 * @param lsn position (LSN) up to which a primary has written the log, or a standby has
 * received or replayed it
 */
record TimelinePosition(int timeline, long lsn) {

	// the control file of a standby has the timeline of its last restart point only
	private static final String QUERY = """
			SELECT CASE WHEN pg_is_in_recovery()
			            THEN greatest((SELECT received_tli FROM pg_stat_wal_receiver),
			                          (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
			                          (SELECT timeline_id FROM pg_control_checkpoint()))
			            ELSE ('x' || substring(pg_walfile_name(pg_current_wal_insert_lsn()) FOR 8))::bit(32)::int END,
			       (CASE WHEN pg_is_in_recovery()
			             THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn(), '0/0')
			             ELSE pg_current_wal_lsn() END - '0/0')::bigint
			""";

	/**
	 * Query a server.
	 * @param statement a statement on a superuser's connection to the server
	 * @return its position
	 */
	static TimelinePosition query(Statement statement) throws SQLException {
		try (ResultSet results = statement.executeQuery(QUERY)) {
			results.next();
			return new TimelinePosition(results.getInt(1), results.getLong(2));
		}
	}

}
