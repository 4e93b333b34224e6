package dev.failover.benchmarks.recovery.result;

import org.jspecify.annotations.Nullable;

/**
 * Converts nanoseconds to milliseconds with two decimal places, as in the results.
 */
final class Millis {

	private static final double PRECISION = 100;

	private Millis() {
	}

	static double of(long nanos) {
		return Math.round(nanos / 1e6 * PRECISION) / PRECISION;
	}

	static @Nullable Double orNull(@Nullable Long nanos) {
		return (nanos != null) ? of(nanos) : null;
	}

}
