package dev.failover.benchmarks.recovery.result;

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

}
