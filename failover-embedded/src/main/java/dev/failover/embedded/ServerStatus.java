package dev.failover.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The role of a server and the state of its standbys, as the server itself reports them.
 *
 * @param writable whether the server is a primary
 * @param flushed position (LSN) up to which the server has flushed the log
 * @param standbys the connected standbys, by the name of their node
 */
record ServerStatus(boolean writable, long flushed, Map<String, StandbyStatus> standbys) {

	// a standby that has just reconnected can have two rows: the later row replaces the
	// earlier one
	private static final String QUERY = """
			SELECT NOT pg_is_in_recovery(),
			       (CASE WHEN pg_is_in_recovery()
			             THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn(), '0/0')
			             ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint,
			       r.application_name,
			       coalesce(r.state = 'streaming', false),
			       coalesce(r.sync_state IN ('sync', 'quorum'), false),
			       coalesce(r.flush_lsn - '0/0', 0)::bigint,
			       coalesce(r.replay_lsn - '0/0', 0)::bigint
			FROM (VALUES (1)) AS one
			LEFT JOIN pg_stat_replication r ON true
			ORDER BY r.state = 'streaming' NULLS FIRST, r.reply_time NULLS FIRST
			""";

	ServerStatus {
		standbys = Map.copyOf(standbys);
	}

	/**
	 * Query a server.
	 * @param connection a superuser's connection to the server
	 * @return its status
	 */
	static ServerStatus query(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet results = statement.executeQuery(QUERY)) {
			boolean writable = false;
			long flushed = 0;
			Map<String, StandbyStatus> standbys = new HashMap<>();
			while (results.next()) {
				writable = results.getBoolean(1);
				flushed = results.getLong(2);
				String standby = results.getString(3);
				if (standby != null) {
					standbys.put(standby, new StandbyStatus(results.getBoolean(4), results.getBoolean(5),
							results.getLong(6), results.getLong(7)));
				}
			}
			return new ServerStatus(writable, flushed, standbys);
		}
	}

	/**
	 * Return the status of a standby.
	 * @param name name of its node
	 * @return its status, with all values {@code false} or 0 if it is not connected
	 */
	StandbyStatus standby(String name) {
		return this.standbys.getOrDefault(name, StandbyStatus.DISCONNECTED);
	}

	/**
	 * State of a standby as the server that it follows reports it.
	 *
	 * @param streaming whether the standby streams, and has caught up once since it
	 * connected
	 * @param synchronous whether commits wait for the standby
	 * @param flushed position (LSN) up to which the standby has flushed the log
	 * @param replayed position up to which the standby has replayed the log, so that
	 * queries on it see the changes
	 */
	record StandbyStatus(boolean streaming, boolean synchronous, long flushed, long replayed) {

		static final StandbyStatus DISCONNECTED = new StandbyStatus(false, false, 0, 0);

	}

}
