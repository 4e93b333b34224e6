package dev.failover.benchmarks.recovery.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Numbers of calls that ended in each interval of 10 ms, starting one second before the
 * fault.
 *
 * @param succeeded successes in each interval
 * @param failed failures in each interval
 */
public record Timeline(List<Integer> succeeded, List<Integer> failed) {

	private static final long WIDTH = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long BEFORE = TimeUnit.SECONDS.toNanos(1);

	public Timeline {
		succeeded = List.copyOf(succeeded);
		failed = List.copyOf(failed);
	}

	public static Timeline of(Observation observation, Kind kind) {
		int length = index(observation.window()) + 1;
		List<Integer> succeeded = new ArrayList<>(Collections.nCopies(length, 0));
		List<Integer> failed = new ArrayList<>(Collections.nCopies(length, 0));
		for (Call call : observation.only(kind).calls()) {
			int index = index(call.ended());
			if (index >= 0 && index < length) {
				List<Integer> counts = call.succeeded() ? succeeded : failed;
				counts.set(index, counts.get(index) + 1);
			}
		}
		return new Timeline(succeeded, failed);
	}

	private static int index(long nanos) {
		return (int) Math.floorDiv(nanos + BEFORE, WIDTH);
	}

}
