package dev.failover.benchmarks.recovery.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many calls succeeded and failed in each 10 ms, from a second before the fault on.
 *
 * @param succeeded how many succeeded in each
 * @param failed how many failed in each
 */
public record Strip(List<Integer> succeeded, List<Integer> failed) {

	/** Milliseconds that each entry stands for. */
	public static final int WIDTH = 10;

	/** Milliseconds before the fault at which the strip begins. */
	public static final int BEFORE = 1000;

	public Strip {
		succeeded = List.copyOf(succeeded);
		failed = List.copyOf(failed);
	}

	/**
	 * From what the clients did.
	 */
	public static Strip of(Observation observation, Kind kind) {
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
		return new Strip(succeeded, failed);
	}

	private static int index(long nanos) {
		return (int) Math.floorDiv(nanos + TimeUnit.MILLISECONDS.toNanos(BEFORE), TimeUnit.MILLISECONDS.toNanos(WIDTH));
	}

}
