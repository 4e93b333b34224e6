package dev.failover.sample.demo;

import java.time.Duration;
import java.util.Arrays;

/**
 * Latencies of the last thousand calls, and the longest of all calls. Not thread-safe.
 */
final class Latencies {

	private static final int WINDOW = 1000;

	private static final double NANOS_PER_MILLI = 1_000_000;

	private final long[] nanos = new long[WINDOW];

	private long count;

	private long max;

	void add(Duration latency) {
		long value = latency.toNanos();
		this.nanos[(int) (this.count++ % WINDOW)] = value;
		this.max = Math.max(this.max, value);
	}

	LoadReport.Latency report() {
		long[] sorted = Arrays.copyOf(this.nanos, (int) Math.min(this.count, WINDOW));
		Arrays.sort(sorted);
		return new LoadReport.Latency(percentile(sorted, 0.5), percentile(sorted, 0.95), percentile(sorted, 0.99),
				this.max / NANOS_PER_MILLI);
	}

	private static double percentile(long[] sorted, double share) {
		if (sorted.length == 0) {
			return 0;
		}
		int rank = (int) Math.ceil(share * sorted.length);
		return sorted[rank - 1] / NANOS_PER_MILLI;
	}

}
