package dev.failover.benchmarks.recovery.result;

import org.jspecify.annotations.Nullable;

/**
 * Milliseconds as results show them.
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
