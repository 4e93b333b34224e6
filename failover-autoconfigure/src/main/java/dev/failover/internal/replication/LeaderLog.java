package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * Records states of the leader's history with the time at which they were read, by the
 * clock of this JVM, so that the clocks of servers do not matter. Confined to one thread.
 * <p>
 * Starts anew when the history changes or its position falls: the leader was promoted,
 * rewound or restored.
 */
final class LeaderLog {

	/** Samples closer together than this part of the retention are not all kept. */
	private static final int RESOLUTION = 2_000;

	private final Duration retention;

	private final Duration spacing;

	private final List<Sample> samples = new ArrayList<>();

	private @Nullable Sample latest;

	LeaderLog(Duration retention) {
		this.retention = retention;
		this.spacing = retention.dividedBy(RESOLUTION);
	}

	void clear() {
		this.samples.clear();
		this.latest = null;
	}

	/**
	 * Records the history of the leader. A repeated position keeps its first time.
	 */
	void add(History history, Instant at) {
		Sample before = this.latest;
		Relation relation = (before != null) ? relation(before.history(), history) : Relation.UNKNOWN;
		if (relation != Relation.SAME && relation != Relation.AHEAD) {
			this.samples.clear();
		}
		Sample sample = new Sample(history, at);
		this.latest = sample;
		if (this.samples.isEmpty()) {
			this.samples.add(sample);
		}
		else if (relation == Relation.AHEAD
				&& !at.isBefore(this.samples.get(this.samples.size() - 1).at().plus(this.spacing))) {
			this.samples.add(sample);
		}
		removeBefore(at.minus(this.retention));
	}

	/**
	 * Returns the relation of a later history of the leader to an earlier one. Both are
	 * of one server, so their positions are enough if the server tells no more.
	 */
	private static Relation relation(History earlier, History later) {
		Relation relation = earlier.compare(later).relation();
		LogPosition from = earlier.position();
		LogPosition to = later.position();
		if (relation != Relation.UNKNOWN || from == null || to == null || !later.holds(from)) {
			return relation;
		}
		return earlier.holds(to) ? Relation.SAME : Relation.AHEAD;
	}

	private void removeBefore(Instant limit) {
		int old = 0;
		while (old < this.samples.size() - 1 && this.samples.get(old).at().isBefore(limit)) {
			old++;
		}
		this.samples.subList(0, old).clear();
	}

	/**
	 * Returns the last sample, or null before the first.
	 */
	@Nullable Sample latest() {
		return this.latest;
	}

	/**
	 * Returns the age of the data of a follower: the time since the leader was first read
	 * with data that the follower lacks, zero if it lacks nothing.
	 * @return the age, or null if the follower lacks data of the first sample, too, or
	 * its history cannot be compared
	 */
	@Nullable Duration lag(History follower, Instant at) {
		if (this.latest == null || !this.samples.get(0).isHeldBy(follower)) {
			return null;
		}
		if (this.latest.isHeldBy(follower)) {
			return Duration.ZERO;
		}
		int held = 0;
		int lacking = this.samples.size();
		while (lacking - held > 1) {
			int middle = (held + lacking) >>> 1;
			if (this.samples.get(middle).isHeldBy(follower)) {
				held = middle;
			}
			else {
				lacking = middle;
			}
		}
		Sample first = (lacking < this.samples.size()) ? this.samples.get(lacking) : this.latest;
		Duration lag = Duration.between(first.at(), at);
		return lag.isNegative() ? Duration.ZERO : lag;
	}

	/**
	 * History of the leader at one time.
	 */
	record Sample(History history, Instant at) {

		/**
		 * Returns whether a follower is known to lack nothing of it.
		 */
		boolean isHeldBy(History follower) {
			Comparison found = this.history.compare(follower);
			return found.isComplete() && (found.isSameLine() || found.relation() == Relation.CONTINUES);
		}

	}

}
