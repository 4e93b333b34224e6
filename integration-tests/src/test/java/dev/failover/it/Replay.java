package dev.failover.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import dev.failover.embedded.EmbeddedPair;

/**
 * What the mirror does with what it receives: paused, it falls behind.
 */
public final class Replay {

	private Replay() {
	}

	public static void pause(EmbeddedPair pair) throws SQLException {
		tell(pair, "select pg_wal_replay_pause()");
	}

	public static void resume(EmbeddedPair pair) throws SQLException {
		tell(pair, "select pg_wal_replay_resume()");
	}

	private static void tell(EmbeddedPair pair, String sql) throws SQLException {
		try (Connection admin = pair.mirror().connect(); Statement statement = admin.createStatement()) {
			statement.execute(sql);
		}
	}

}
