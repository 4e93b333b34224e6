package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * Clock of the engine: the time of day at its creation, and the time that has elapsed
 * since. It is never set, so that a difference of two of its instants is elapsed time.
 * Thread-safe.
 */
final class MonotonicClock extends Clock {

	private final Clock wall;

	private final LongSupplier nanos;

	private final Instant start;

	private final long startNanos;

	/**
	 * Creates a clock.
	 * @param wall provides the time of day
	 * @param nanos measures elapsed time, {@link System#nanoTime()} outside tests
	 */
	MonotonicClock(Clock wall, LongSupplier nanos) {
		this(wall, nanos, wall.instant(), nanos.getAsLong());
	}

	private MonotonicClock(Clock wall, LongSupplier nanos, Instant start, long startNanos) {
		this.wall = wall;
		this.nanos = nanos;
		this.start = start;
		this.startNanos = startNanos;
	}

	@Override
	public Instant instant() {
		return this.start.plusNanos(this.nanos.getAsLong() - this.startNanos);
	}

	/**
	 * Returns by how much the time of day is ahead of this clock: it was set, or the
	 * machine was suspended.
	 */
	Duration offset() {
		return Duration.between(instant(), this.wall.instant());
	}

	@Override
	public ZoneId getZone() {
		return this.wall.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new MonotonicClock(this.wall.withZone(zone), this.nanos, this.start, this.startNanos);
	}

}
