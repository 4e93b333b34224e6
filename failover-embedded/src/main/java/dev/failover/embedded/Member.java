package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * A node as its cluster sees it: a server, and what can be asked of it.
 *
 * @param server the server
 * @param lookout how it is asked under a deadline
 * @param superuser as whom it is steered
 */
record Member(Server server, Lookout lookout, Superuser superuser) {

	/** Long enough for a server on a busy machine: one that is gone is known at once. */
	private static final Duration LOOK = Duration.ofSeconds(5);

	private static final int ANSWER_SECONDS = 60;

	String name() {
		return this.server.name();
	}

	Connection connect() throws SQLException {
		return this.superuser.connect(this.server.port(), ANSWER_SECONDS);
	}

	Optional<Sight> look() {
		return isAwake() ? this.lookout.look(LOOK) : Optional.empty();
	}

	boolean isAwake() {
		return this.server.isRunning() && !this.server.isFrozen();
	}

	boolean isPrimary() {
		return look().filter(Sight::writable).isPresent();
	}

	void requireStandby() {
		if (!isAwake() || !this.server.data().isStandby()) {
			throw new IllegalStateException("Node '" + name() + "' is not a running standby");
		}
	}

	/**
	 * Start the server as what it was, and tell the other one if its port had to change.
	 */
	void start(Member other) throws IOException {
		int port = this.server.port();
		this.server.start();
		if (port != this.server.port() && other.server().isRunning()) {
			other.server().reload();
		}
	}

	/**
	 * Make a running standby a primary.
	 */
	void promote() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_promote(wait => false)");
			Patience patience = Patience.seconds(30);
			while (!text(statement, "SELECT NOT pg_is_in_recovery()").equals("t")) {
				patience.pause("Node '" + name() + "' was not promoted in time");
			}
		}
	}

	/**
	 * Wait until a standby has received a record.
	 * @param lsn position of the record's start
	 * @return whether it came in time
	 */
	boolean receives(long lsn) throws SQLException {
		String query = "SELECT coalesce(pg_last_wal_receive_lsn() - '0/0', 0) > " + lsn;
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			Patience patience = Patience.seconds(5);
			while (!text(statement, query).equals("t")) {
				if (patience.isOver()) {
					return false;
				}
				patience.pause();
			}
			return true;
		}
	}

	/**
	 * Return the history of a primary's timeline.
	 */
	TimelineHistory history() throws IOException, SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			String timeline = text(statement, "SELECT substring(pg_walfile_name(pg_current_wal_lsn()) FOR 8)");
			return TimelineHistory.read(this.server.data().path(), Integer.parseInt(timeline, 16));
		}
	}

	/**
	 * End the server, cleanly if it is awake. Does nothing if it does not run.
	 */
	void halt() {
		if (this.server.isFrozen()) {
			this.server.kill();
		}
		else if (this.server.isRunning()) {
			this.server.stop(StopMode.FAST);
		}
	}

	private static String text(Statement statement, String query) throws SQLException {
		try (ResultSet results = statement.executeQuery(query)) {
			results.next();
			return results.getString(1);
		}
	}

}
