package dev.failover.internal.detection;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Clocks of the probers.
 *
 * @param wall provides the time of day, shown in states and events
 * @param nanos measures elapsed time, {@link System#nanoTime()} outside tests
 */
public record ProbeClock(Clock wall, LongSupplier nanos) {

	/**
	 * Returns the current time of day.
	 */
	Instant instant() {
		return this.wall.instant();
	}

	/**
	 * Returns nanoseconds since an arbitrary origin.
	 */
	long nanoTime() {
		return this.nanos.getAsLong();
	}

}
