package dev.failover.benchmarks.recovery.result;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * When a client is whole again: it has had a success begun after the fault on a server
 * that outlives it, no failure follows, and nothing holds it up any more.
 */
final class Whole {

	/** A call that took longer was held up. */
	static final long HELD = TimeUnit.MILLISECONDS.toNanos(100);

	/** A client in a call for longer when the window ends is stuck. */
	static final long STUCK = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Where a success on the primary proves nothing yet: a call is held up by the fault
	 * if it began no later after the fault, or after the last call that the fault hurt.
	 */
	private static final long SOON = TimeUnit.SECONDS.toNanos(1);

	private Whole() {
	}

	/**
	 * When all clients were.
	 * @return nanoseconds since the fault, null if one never was
	 */
	static @Nullable Long all(Observation observation) {
		Map<Integer, List<Call>> clients = observation.calls()
			.stream()
			.collect(Collectors.groupingBy(Call::client, TreeMap::new, Collectors.toList()));
		Set<Integer> waiting = new HashSet<>(
				observation.pending().stream().map(Pending::client).collect(Collectors.toSet()));
		waiting.removeAll(clients.keySet());
		if (clients.isEmpty() || !waiting.isEmpty() || stuck(observation) > 0) {
			return null;
		}
		long last = 0;
		for (List<Call> calls : clients.values()) {
			Long whole = one(observation, calls);
			if (whole == null) {
				return null;
			}
			last = Math.max(last, whole);
		}
		return last;
	}

	/**
	 * How many clients were in a call when the window ended, and had long been.
	 */
	static int stuck(Observation observation) {
		return (int) observation.pending()
			.stream()
			.filter((pending) -> observation.window() - pending.started() > STUCK)
			.count();
	}

	private static @Nullable Long one(Observation observation, List<Call> calls) {
		List<Call> after = calls.stream()
			.filter((call) -> call.ended() >= 0)
			.sorted(Comparator.comparingLong(Call::started))
			.toList();
		int next = 0;
		long hurt = 0;
		for (int i = 0; i < after.size(); i++) {
			Call call = after.get(i);
			boolean held = observation.primaryReads() && call.nanos() > HELD && call.started() - hurt < SOON;
			if (!call.succeeded() || held) {
				next = call.succeeded() ? i : i + 1;
				hurt = call.ended();
			}
		}
		return firstFrom(observation, after, next);
	}

	/**
	 * The end of the first call from there on that began after the fault; one held up
	 * since before the fault is as good.
	 */
	private static @Nullable Long firstFrom(Observation observation, List<Call> calls, int from) {
		for (Call call : calls.subList(from, calls.size())) {
			if ((call.started() >= 0 || call.nanos() > HELD) && observation.isBeyond(call)) {
				return call.ended();
			}
		}
		return null;
	}

}
