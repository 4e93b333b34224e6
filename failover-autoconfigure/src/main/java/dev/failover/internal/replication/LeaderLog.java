package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Records positions of the leader's log with the time at which they were read, by the
 * clock of this JVM, so that the clocks of servers do not matter. Confined to one thread.
 */
final class LeaderLog {

	private static final int MAX_SAMPLES = 2_000;

	private final Duration retention;

	private final Deque<Sample> samples = new ArrayDeque<>();

	private @Nullable Sample latest;

	LeaderLog(Duration retention) {
		this.retention = retention;
	}

	void clear() {
		this.samples.clear();
		this.latest = null;
	}

	/**
	 * Records the position of the leader. A repeated position keeps its first time.
	 */
	void add(long position, Instant at) {
		this.latest = new Sample(position, at);
		if (this.samples.isEmpty() || this.samples.getLast().position() < position) {
			this.samples.addLast(this.latest);
		}
		Instant limit = at.minus(this.retention);
		while (this.samples.size() > MAX_SAMPLES
				|| (this.samples.size() > 1 && this.samples.getFirst().at().isBefore(limit))) {
			this.samples.removeFirst();
		}
	}

	/**
	 * Returns the last position, or null before the first.
	 */
	@Nullable Sample latest() {
		return this.latest;
	}

	/**
	 * Returns the age of the data of a follower that has applied the log up to a
	 * position: the time since the leader was first read beyond that position, zero if it
	 * was not.
	 * @return the age, or null if the position is before the first recorded one
	 */
	@Nullable Duration lag(long applied, Instant at) {
		if (this.samples.isEmpty() || applied < this.samples.getFirst().position()) {
			return null;
		}
		for (Sample sample : this.samples) {
			if (sample.position() > applied) {
				Duration lag = Duration.between(sample.at(), at);
				return lag.isNegative() ? Duration.ZERO : lag;
			}
		}
		return Duration.ZERO;
	}

	/**
	 * Position of the leader at one time.
	 */
	record Sample(long position, Instant at) {
	}

}
