package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streaming replication, present or intended, from one server to a standby of it.
 *
 * @param upstream the server that sends the log: a primary, or a standby whose own
 * standbys are cascaded
 * @param standby the standby
 */
record Replication(GroupMember upstream, GroupMember standby) {

	private static final Logger logger = LoggerFactory.getLogger(Replication.class);

	/**
	 * Return whether the standby streams from the upstream server.
	 * @return whether it streams
	 */
	boolean isStreaming() {
		return this.standby.isUp() && standbyStatus().streaming();
	}

	/**
	 * Wait until the standby streams and has replayed everything that the upstream server
	 * has flushed by then.
	 * @param deadline the deadline
	 * @return whether the standby caught up in time
	 */
	boolean catchesUp(PollDeadline deadline) {
		deadline.await(() -> !isUp() || isStreaming());
		long target = this.upstream.status().map(ServerStatus::flushed).orElse(Long.MAX_VALUE);
		return deadline.await(() -> !isUp() || hasReplayed(target)) && isUp();
	}

	private boolean isUp() {
		return this.upstream.isUp() && this.standby.isUp();
	}

	private boolean hasReplayed(long target) {
		ServerStatus.StandbyStatus status = standbyStatus();
		return status.streaming() && status.replayed() >= target;
	}

	private ServerStatus.StandbyStatus standbyStatus() {
		return this.upstream.status()
			.map((status) -> status.standby(this.standby.name()))
			.orElse(ServerStatus.StandbyStatus.DISCONNECTED);
	}

	/**
	 * Make the standby's server a standby that streams. A running standby keeps its
	 * connections if its data are part of the upstream server's history. Any other server
	 * is ended, whatever its state, and started again; its data are replaced by a copy of
	 * those of the upstream server, except where they are known to be part of its
	 * history.
	 */
	void establish() throws IOException, SQLException {
		if (followsWithPresentData()) {
			return;
		}
		logger.info("Node '{}' cannot follow '{}' with the data that it has: replacing them by a copy",
				this.standby.name(), this.upstream.name());
		end();
		try (Connection connection = this.upstream.connect()) {
			this.standby.server().rebuild(new BaseBackup(connection, this.upstream.server().data().path()));
		}
		start();
		if (!catchesUp(PollDeadline.inSeconds(20))) {
			throw new EmbeddedPostgresException("Node '" + this.standby.name() + "' does not stream from '"
					+ this.upstream.name() + "' 20 s after its data were copied");
		}
	}

	private boolean followsWithPresentData() throws IOException, SQLException {
		if (this.standby.isRunningStandby()) {
			if (!this.upstream.history().includes(this.standby.position())) {
				return false;
			}
			this.standby.server().follow(this.upstream.server());
			this.standby.server().reload();
			if (catchesUp(PollDeadline.inSeconds(5))) {
				return true;
			}
		}
		end();
		Optional<ControlFile> controlFile = this.standby.server().data().controlFile();
		return controlFile.isPresent() && this.upstream.history().includes(controlFile.get()) && startsAndCatchesUp();
	}

	private boolean startsAndCatchesUp() throws IOException {
		try {
			start();
		}
		catch (EmbeddedPostgresException ex) {
			logger.debug("Node '{}' does not start with the data that it has", this.standby.name(), ex);
			return false;
		}
		return catchesUp(PollDeadline.inSeconds(5));
	}

	private void end() throws IOException {
		this.standby.shutDown();
		this.standby.server().synchronizeWith("");
	}

	private void start() throws IOException {
		this.standby.server().follow(this.upstream.server());
		this.standby.server().start();
	}

}
