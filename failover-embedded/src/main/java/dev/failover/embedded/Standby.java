package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that follows, or is to follow, another one.
 *
 * @param member the node
 * @param primary the one that it follows
 */
record Standby(Member member, Member primary) {

	private static final Logger logger = LoggerFactory.getLogger(Standby.class);

	/**
	 * Say whether it streams.
	 */
	boolean isStreaming() {
		return this.member.isAwake() && this.primary.look().filter(Sight::streaming).isPresent();
	}

	/**
	 * Wait until it streams and has replayed what its primary has by now.
	 * @return whether it does so in time
	 */
	boolean catchesUp(Patience patience) {
		long aim = Long.MAX_VALUE;
		while (this.member.isAwake() && this.primary.isAwake()) {
			Optional<Sight> sight = this.primary.look().filter(Sight::streaming);
			if (sight.isPresent()) {
				aim = Math.min(aim, sight.get().flushed());
				if (sight.get().standbyReplayed() >= aim) {
					return true;
				}
			}
			if (patience.isOver()) {
				return false;
			}
			patience.pause();
		}
		return false;
	}

	/**
	 * End the node, whatever it is, and bring it back as a standby that streams. Its data
	 * are copied again unless it is sure that they are part of the primary's history.
	 */
	void bringBack() throws IOException, SQLException {
		this.member.halt();
		this.member.server().synchronizeWith("");
		if (startsOnItsOwnData()) {
			return;
		}
		logger.info("Node '{}' is rebuilt from '{}'", this.member.name(), this.primary.name());
		this.member.halt();
		try (Connection connection = this.primary.connect()) {
			this.member.server().rebuild(new BaseBackup(connection, this.primary.server().data().path()));
		}
		start();
		if (!catchesUp(Patience.seconds(20))) {
			throw new EmbeddedPostgresException(
					"Node '" + this.member.name() + "' does not stream from '" + this.primary.name() + "'");
		}
	}

	private boolean startsOnItsOwnData() throws IOException, SQLException {
		Optional<ControlFile> ended = this.member.server().data().control();
		if (ended.isEmpty() || !this.primary.history().includes(ended.get())) {
			return false;
		}
		start();
		return catchesUp(Patience.seconds(5));
	}

	private void start() throws IOException {
		this.member.server().data().markStandby();
		this.member.start(this.primary);
	}

}
