package dev.failover.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a server says of itself and, if it is a primary, of its standby.
 *
 * @param writable whether it is a primary
 * @param streaming whether the standby streams and has caught up once
 * @param synchronous whether commits wait for the standby
 * @param standbyFlushed position (LSN) up to which the standby has everything
 * @param standbyReplayed position up to which the standby's readers see everything
 * @param flushed position up to which the server itself has everything
 */
record Sight(boolean writable, boolean streaming, boolean synchronous, long standbyFlushed, long standbyReplayed,
		long flushed) {

	private static final String QUERY = """
			SELECT NOT pg_is_in_recovery(),
			       coalesce(r.state = 'streaming', false),
			       coalesce(r.sync_state IN ('sync', 'quorum'), false),
			       coalesce(r.flush_lsn - '0/0', 0)::bigint,
			       coalesce(r.replay_lsn - '0/0', 0)::bigint,
			       CASE WHEN pg_is_in_recovery() THEN 0 ELSE pg_current_wal_flush_lsn() - '0/0' END::bigint
			FROM (VALUES (1)) AS one
			LEFT JOIN pg_stat_replication r ON r.application_name = ?
			ORDER BY r.state = 'streaming' DESC NULLS LAST, r.reply_time DESC NULLS LAST
			LIMIT 1
			""";

	/**
	 * Ask a server.
	 * @param connection a superuser's connection to it
	 * @param standby name of the other node
	 */
	static Sight of(Connection connection, String standby) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
			statement.setString(1, standby);
			try (ResultSet results = statement.executeQuery()) {
				results.next();
				return new Sight(results.getBoolean(1), results.getBoolean(2), results.getBoolean(3),
						results.getLong(4), results.getLong(5), results.getLong(6));
			}
		}
	}

	/**
	 * Say whether the standby lacks something.
	 */
	boolean isBehind() {
		return this.standbyFlushed < this.flushed;
	}

}
