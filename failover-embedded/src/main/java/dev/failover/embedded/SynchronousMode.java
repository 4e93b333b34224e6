package dev.failover.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.failover.embedded.ServerStatus.StandbyStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronous replication in the manner of Patroni's non-strict mode: commits wait for
 * one standby while it streams, and are acknowledged without it when it is gone, or wait
 * for another standby then. Confined to one thread, except for
 * {@link #completeStandby(GroupMember)}.
 */
final class SynchronousMode {

	private static final Logger logger = LoggerFactory.getLogger(SynchronousMode.class);

	/**
	 * Time after which a standby that streams, is behind and confirms nothing counts as
	 * stalled.
	 */
	private static final long STALL_NANOS = Duration.ofMillis(800).toNanos();

	private final ReplicationGroup group;

	private @Nullable Pairing pairing;

	private final Map<GroupMember, Progress> progress = new HashMap<>();

	private int confirmations;

	private long target;

	private volatile @Nullable Completeness completeness;

	SynchronousMode(ReplicationGroup group) {
		this.group = group;
	}

	/**
	 * Return the standby that has everything that a leader has acknowledged. Safe for use
	 * by several threads.
	 * @param leader the leader
	 * @return the standby, empty if every standby may lack something
	 */
	Optional<GroupMember> completeStandby(GroupMember leader) {
		Completeness found = this.completeness;
		if (found == null || found.pairing().leader() != leader || found.roleChanges() != this.group.roleChanges()) {
			return Optional.empty();
		}
		return Optional.of(found.pairing().standby());
	}

	/**
	 * Turn waiting on or off according to the status of the leader.
	 * @param leader the leader
	 * @param status its status
	 * @param now when the status was requested ({@link System#nanoTime()})
	 */
	void update(GroupMember leader, ServerStatus status, long now) throws IOException {
		long roleChanges = this.group.roleChanges();
		if (this.pairing != null && this.pairing.leader() != leader) {
			reset();
		}
		observe(leader, status, now);
		Pairing current = this.pairing;
		if (current == null) {
			Optional<GroupMember> standby = chooseStandby(leader, status, now);
			if (standby.isPresent()) {
				turnOn(new Pairing(leader, standby.get()));
			}
			return;
		}
		StandbyStatus standby = status.standby(current.standby().name());
		if (!standby.streaming() || !confirms(current.standby(), now)) {
			if (isDying(leader)) {
				return;
			}
			turnOff(current, standby.streaming() ? "confirms nothing" : "does not stream");
		}
		else if (!standby.synchronous()) {
			turnOn(current);
		}
		else if (completeStandby(leader).isEmpty()) {
			checkCompleteness(current, standby, status.flushed(), roleChanges);
		}
	}

	/**
	 * Return whether a leader can acknowledge nothing more: a session still answers, but
	 * the process that sends the log has been killed.
	 */
	private static boolean isDying(GroupMember leader) {
		return leader.server().isBeingKilled() || !leader.isUp();
	}

	private Optional<GroupMember> chooseStandby(GroupMember leader, ServerStatus status, long now) {
		return this.group.others(leader)
			.stream()
			.filter((other) -> status.standby(other.name()).streaming() && confirms(other, now))
			.findFirst();
	}

	private void observe(GroupMember leader, ServerStatus status, long now) {
		for (GroupMember other : this.group.others(leader)) {
			StandbyStatus standby = status.standby(other.name());
			Progress known = this.progress.get(other);
			boolean behind = standby.flushed() < status.flushed();
			if (known == null || !standby.streaming() || !behind || standby.flushed() != known.flushed()) {
				this.progress.put(other, new Progress(standby.flushed(), now));
			}
		}
	}

	/**
	 * Return whether a standby has confirmed something lately, or had nothing to confirm.
	 */
	private boolean confirms(GroupMember standby, long now) {
		Progress known = this.progress.get(standby);
		return known != null && now - known.at() < STALL_NANOS;
	}

	private void turnOn(Pairing candidate) throws IOException {
		reset();
		this.pairing = candidate;
		candidate.leader().server().synchronizeWith(candidate.standby().name());
		logger.debug("Commits on '{}' wait for '{}'", candidate.leader().name(), candidate.standby().name());
	}

	private void turnOff(Pairing candidate, String reason) throws IOException {
		reset();
		candidate.leader().server().synchronizeWith("");
		logger.warn("Commits on '{}' no longer wait for '{}', which {}: it may lack what is committed from now on",
				candidate.leader().name(), candidate.standby().name(), reason);
	}

	private void reset() {
		this.completeness = null;
		this.pairing = null;
		this.confirmations = 0;
	}

	/**
	 * Record that the standby is complete once the setting has reached every process of
	 * the leader, which takes two rounds, and the standby has flushed everything that the
	 * leader had flushed at that moment.
	 */
	private void checkCompleteness(Pairing confirmed, StandbyStatus standby, long leaderFlushed, long roleChanges) {
		this.confirmations++;
		if (this.confirmations == 2) {
			this.target = leaderFlushed;
		}
		if (this.confirmations >= 2 && standby.flushed() >= this.target) {
			this.completeness = new Completeness(confirmed, roleChanges);
			this.confirmations = 0;
		}
	}

	/**
	 * The last progress of a standby.
	 *
	 * @param flushed position (LSN) up to which the standby had flushed the log
	 * @param at when it had nothing to confirm or confirmed something
	 * ({@link System#nanoTime()})
	 */
	private record Progress(long flushed, long at) {

	}

	/**
	 * A leader and the standby that its commits wait for.
	 *
	 * @param leader the leader
	 * @param standby the standby
	 */
	private record Pairing(GroupMember leader, GroupMember standby) {

	}

	/**
	 * The finding that a standby has everything, valid until the next role change.
	 *
	 * @param pairing the leader and the standby
	 * @param roleChanges number of role changes in the group at that time
	 */
	private record Completeness(Pairing pairing, long roleChanges) {

	}

}
