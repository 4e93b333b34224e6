package dev.failover.benchmarks.recovery.result;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Latency percentiles of the calls after a fault. Calls that had not ended count with
 * their duration up to the end of the window.
 *
 * @param millis latencies at {@link #LEVELS}
 */
public record Percentiles(List<Double> millis) {

	public static final List<Double> LEVELS = List.of(50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.95, 100.0);

	public Percentiles {
		millis = List.copyOf(millis);
	}

	public static Percentiles of(Observation all, Kind kind) {
		Observation observation = all.only(kind);
		long[] sorted = LongStream
			.concat(observation.after().stream().mapToLong(Call::nanos),
					observation.pending().stream().mapToLong(observation::duration))
			.sorted()
			.toArray();
		return new Percentiles(LEVELS.stream().map((level) -> at(sorted, level)).toList());
	}

	private static double at(long[] sorted, double level) {
		if (sorted.length == 0) {
			return 0;
		}
		int rank = (int) Math.ceil(level / 100 * sorted.length);
		return Millis.of(sorted[Math.max(0, rank - 1)]);
	}

}
