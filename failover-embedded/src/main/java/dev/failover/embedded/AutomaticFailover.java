package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes the most advanced standby when the leader is lost, lets the others follow it,
 * and fences deposed leaders. State changes only within an operation of the
 * {@link ReplicationGroup}; every thread may read it.
 */
final class AutomaticFailover {

	private static final Logger logger = LoggerFactory.getLogger(AutomaticFailover.class);

	/** Time for a process that runs and is not frozen to answer on a busy machine. */
	private static final Duration LAST_READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

	private final Settings settings;

	private final ReplicationGroup group;

	private final @Nullable SynchronousMode synchronousMode;

	private volatile boolean paused;

	private volatile @Nullable Long missingSince;

	private volatile boolean replacementPending;

	private boolean refusalLogged;

	AutomaticFailover(Settings settings, ReplicationGroup group, @Nullable SynchronousMode synchronousMode) {
		this.settings = settings;
		this.group = group;
		this.synchronousMode = synchronousMode;
	}

	Duration promoteAfter() {
		return this.settings.promoteAfter();
	}

	GroupMember leader() {
		return this.group.leader();
	}

	/**
	 * Return whether the leader did not answer as a primary when it was last asked.
	 * @return whether the leader is missing
	 */
	boolean isLeaderMissing() {
		return this.missingSince != null;
	}

	void pause() {
		this.paused = true;
	}

	void resume() {
		this.paused = false;
	}

	/**
	 * Return whether a member must not resume as a primary, because it was deposed.
	 * @param member the member
	 * @return whether it is fenced
	 */
	boolean isFenced(GroupMember member) {
		return this.settings.fencing() && !this.paused && this.group.isDeposed(member);
	}

	/**
	 * Return the time that the leader has to answer before it is replaced. A leader that
	 * cannot be replaced yet has longer.
	 * @return the time, negative if it has passed
	 */
	Duration remainingTime() {
		Long since = this.missingSince;
		if (since != null && this.replacementPending) {
			return RETRY_PAUSE;
		}
		return (since != null) ? promoteAfter().minusNanos(System.nanoTime() - since) : promoteAfter();
	}

	/**
	 * Act on the status of the leader.
	 * @param leader the leader that was asked
	 * @param status its status, {@code null} if it did not answer
	 * @param asked when it was asked ({@link System#nanoTime()})
	 */
	void update(GroupMember leader, @Nullable ServerStatus status, long asked) throws IOException, SQLException {
		if (this.paused || isWritable(status) || leader != this.group.leader()) {
			this.missingSince = null;
			this.replacementPending = false;
			this.refusalLogged = false;
		}
		else {
			long since = Objects.requireNonNullElse(this.missingSince, asked);
			this.missingSince = since;
			if (System.nanoTime() - since >= promoteAfter().toNanos()) {
				replace(leader);
			}
		}
		List<GroupMember> others = this.group.others(this.group.leader());
		others.forEach(this::fence);
		for (GroupMember other : others) {
			if (!this.paused && this.group.isDeposed(other)) {
				this.group.followLeaderInsteadOf(other);
			}
		}
	}

	private void replace(GroupMember lost) throws IOException, SQLException {
		if (lost.isUp() && isWritable(lost.monitor().read(LAST_READ_TIMEOUT).orElse(null))) {
			return;
		}
		this.replacementPending = true;
		List<GroupMember> candidates = candidates(lost);
		if (candidates.isEmpty()) {
			logRefusal(lost);
			return;
		}
		List<GroupMember> running = candidates.stream().filter(GroupMember::isUp).toList();
		if (!running.isEmpty()) {
			if (this.settings.fencing() && lost.isUp()) {
				lost.server().kill();
			}
			GroupMember candidate = (running.size() == 1) ? running.get(0) : mostAdvanced(running, lost);
			logger.warn("Leader '{}' is lost: promoting '{}'", lost.name(), candidate.name());
			this.group.makeLeader(candidate);
			this.missingSince = null;
			this.replacementPending = false;
		}
	}

	/**
	 * Return the member that has received most of the log among those that follow the
	 * lost leader, or among all if none does.
	 */
	private GroupMember mostAdvanced(List<GroupMember> running, GroupMember lost) {
		return running.stream()
			.map((member) -> new Candidate(member, this.group.isBelow(member, lost),
					member.status().map(ServerStatus::flushed).orElse(0L)))
			.max(Comparator.comparing(Candidate::follows).thenComparing(Candidate::flushed))
			.orElseThrow()
			.member();
	}

	private List<GroupMember> candidates(GroupMember lost) {
		return (this.synchronousMode != null) ? this.synchronousMode.completeStandby(lost).stream().toList()
				: this.group.others(lost);
	}

	private void logRefusal(GroupMember lost) {
		if (!this.refusalLogged) {
			logger.warn("Leader '{}' is lost, but no standby is known to have everything that it has acknowledged: "
					+ "no node is promoted until '{}' is started again", lost.name(), lost.name());
		}
		this.refusalLogged = true;
	}

	private void fence(GroupMember member) {
		if (isFenced(member) && member.isUp()) {
			logger.warn("Node '{}' runs after it was deposed as the leader: killing it", member.name());
			member.server().kill();
		}
	}

	private static boolean isWritable(@Nullable ServerStatus status) {
		return status != null && status.writable();
	}

	/**
	 * A member that can be promoted.
	 *
	 * @param member the member
	 * @param follows whether it follows the lost leader
	 * @param flushed position (LSN) up to which it has received the log
	 */
	private record Candidate(GroupMember member, boolean follows, long flushed) {

	}

	/**
	 * Settings of the automatic failover.
	 *
	 * @param promoteAfter time without a leader after which a standby is promoted
	 * @param fencing whether deposed leaders are fenced
	 */
	record Settings(Duration promoteAfter, boolean fencing) {

		Settings {
			if (promoteAfter.isNegative()) {
				throw new IllegalArgumentException(
						"The time after which a standby is promoted must not be negative: " + promoteAfter);
			}
		}

	}

}
