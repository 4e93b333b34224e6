package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streaming replication, present or intended, from a primary to one standby.
 *
 * @param primary the primary
 * @param standby the standby
 */
record Replication(GroupMember primary, GroupMember standby) {

	private static final Logger logger = LoggerFactory.getLogger(Replication.class);

	/**
	 * Return whether the standby streams from the primary.
	 * @return whether it streams
	 */
	boolean isStreaming() {
		return this.standby.isUp() && standbyStatus().streaming();
	}

	/**
	 * Wait until the standby streams and has replayed everything that the primary has
	 * flushed by then.
	 * @param deadline the deadline
	 * @return whether the standby caught up in time
	 */
	boolean catchesUp(PollDeadline deadline) {
		deadline.await(() -> !isUp() || isStreaming());
		long target = this.primary.status().map(ServerStatus::flushed).orElse(Long.MAX_VALUE);
		return deadline.await(() -> !isUp() || hasReplayed(target)) && isUp();
	}

	private boolean isUp() {
		return this.primary.isUp() && this.standby.isUp();
	}

	private boolean hasReplayed(long target) {
		ServerStatus.StandbyStatus status = standbyStatus();
		return status.streaming() && status.replayed() >= target;
	}

	private ServerStatus.StandbyStatus standbyStatus() {
		return this.primary.status()
			.map((status) -> status.standby(this.standby.name()))
			.orElse(ServerStatus.StandbyStatus.DISCONNECTED);
	}

	/**
	 * End the standby's server, whatever its state, and start it as a standby that
	 * streams. Its data are replaced by a copy of the primary's, except where they are
	 * known to be part of the primary's history.
	 */
	void establish() throws IOException, SQLException {
		this.standby.shutDown();
		this.standby.server().synchronizeWith("");
		if (startsOnPresentData()) {
			return;
		}
		logger.info("Node '{}' cannot follow '{}' with the data that it has: replacing them by a copy",
				this.standby.name(), this.primary.name());
		this.standby.shutDown();
		try (Connection connection = this.primary.connect()) {
			this.standby.server().rebuild(new BaseBackup(connection, this.primary.server().data().path()));
		}
		start();
		if (!catchesUp(PollDeadline.inSeconds(20))) {
			throw new EmbeddedPostgresException("Node '" + this.standby.name() + "' does not stream from '"
					+ this.primary.name() + "' 20 s after its data were copied");
		}
	}

	private boolean startsOnPresentData() throws IOException, SQLException {
		Optional<ControlFile> controlFile = this.standby.server().data().controlFile();
		if (controlFile.isEmpty() || !this.primary.history().includes(controlFile.get())) {
			return false;
		}
		start();
		return catchesUp(PollDeadline.inSeconds(5));
	}

	private void start() throws IOException {
		this.standby.server().follow(this.primary.server());
		this.standby.server().start();
	}

}
