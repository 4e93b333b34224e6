package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Remembers how far the leader's log reached at which moment, by this JVM's clock alone,
 * so that clocks of servers never matter. Confined to one thread.
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
	 * Remember the leader's position; a repeated one keeps the moment it was first seen.
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
	 * The position seen last, or null before the first.
	 */
	@Nullable Sample latest() {
		return this.latest;
	}

	/**
	 * How old the data of a follower is that has applied the log up to a position.
	 * @return null when it is behind everything remembered, so that nobody knows
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
	 * Position of the leader at one moment.
	 */
	record Sample(long position, Instant at) {
	}

}
