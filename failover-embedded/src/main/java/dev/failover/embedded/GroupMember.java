package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * A member of a {@link ReplicationGroup}: a server, and the SQL by which the group
 * controls it.
 *
 * @param server the server
 * @param monitor the monitor of the server
 * @param superuser the superuser
 */
record GroupMember(Server server, ServerMonitor monitor, Superuser superuser) implements AutoCloseable {

	// a lost server is known at once, so that only a busy machine needs this long
	private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

	private static final int SOCKET_TIMEOUT_SECONDS = 60;

	String name() {
		return this.server.name();
	}

	Connection connect() throws SQLException {
		return this.superuser.connect(this.server.port(), SOCKET_TIMEOUT_SECONDS);
	}

	/**
	 * Return the status of the server.
	 * @return the status, empty if the server is down, frozen or does not answer
	 */
	Optional<ServerStatus> status() {
		return isUp() ? this.monitor.read(STATUS_TIMEOUT) : Optional.empty();
	}

	/**
	 * Return whether the server is running and not frozen.
	 * @return whether it is up
	 */
	boolean isUp() {
		return this.server.isRunning() && !this.server.isFrozen();
	}

	boolean isPrimary() {
		return status().filter(ServerStatus::writable).isPresent();
	}

	void requireStandby() {
		if (!isUp() || !this.server.data().isStandby()) {
			throw new IllegalStateException("Node '" + name() + "' is not a running standby");
		}
	}

	/**
	 * Promote a running standby to a primary.
	 */
	void promote() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_promote(wait => false)");
			PollDeadline.inSeconds(30)
				.await(() -> query(statement, "SELECT NOT pg_is_in_recovery()").equals("t"),
						"Node '" + name() + "' was not promoted within 30 s");
		}
	}

	/**
	 * Wait until a standby has received a log record.
	 * @param lsn start position of the record
	 * @return whether the standby received it in time
	 */
	boolean receives(long lsn) throws SQLException {
		String received = "SELECT coalesce(pg_last_wal_receive_lsn() - '0/0', 0) > " + lsn;
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			return PollDeadline.inSeconds(5).await(() -> query(statement, received).equals("t"));
		}
	}

	/**
	 * Return whether the server runs or starts as a standby of another one.
	 * @param other the member to which the other server belongs
	 * @return whether it follows the other one
	 */
	boolean follows(GroupMember other) {
		return this.server.follows(other.server);
	}

	/**
	 * Return whether the server is up and runs as a standby.
	 * @return whether it is a running standby
	 */
	boolean isRunningStandby() {
		return status().filter((status) -> !status.writable()).isPresent();
	}

	/**
	 * Return the position up to which the server has written or received the log.
	 * @return the position
	 */
	TimelinePosition position() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			return TimelinePosition.query(statement);
		}
	}

	/**
	 * Return the history of the server's timeline.
	 * @return the history
	 */
	TimelineHistory history() throws IOException, SQLException {
		return TimelineHistory.read(this.server.data().path(), position().timeline());
	}

	private static String query(Statement statement, String sql) throws SQLException {
		try (ResultSet results = statement.executeQuery(sql)) {
			results.next();
			return results.getString(1);
		}
	}

	/**
	 * Shut the server down cleanly, or kill it if it is frozen. Does nothing if it is not
	 * running.
	 */
	void shutDown() {
		if (this.server.isFrozen()) {
			this.server.kill();
		}
		else if (this.server.isRunning()) {
			this.server.stop(StopMode.FAST);
		}
	}

	/**
	 * End the server, whatever its state, and close its link.
	 */
	@Override
	public void close() throws IOException {
		try {
			this.monitor.close();
			this.server.close();
		}
		finally {
			this.server.link().close();
		}
	}

}
