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
 * Time until clients have recovered. A client has recovered with its first success on a
 * working server that began after the fault, if no failure follows and no later call is
 * delayed by the fault.
 */
final class RecoveryTime {

	/** A call that takes longer is delayed. */
	private static final long DELAYED = TimeUnit.MILLISECONDS.toNanos(100);

	/** A client in a call for longer at the end of the window is stuck. */
	private static final long STUCK = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Time after the fault, or after the last call that it affected, within which a
	 * delayed call is due to the fault. Applies if the primary still serves reads.
	 */
	private static final long SOON = TimeUnit.SECONDS.toNanos(1);

	private RecoveryTime() {
	}

	/**
	 * Returns the time until all clients had recovered.
	 * @return nanoseconds since the fault, null if a client did not recover
	 */
	static @Nullable Long ofAll(Observation observation) {
		Map<Integer, List<Call>> clients = observation.calls()
			.stream()
			.collect(Collectors.groupingBy(Call::client, TreeMap::new, Collectors.toList()));
		Set<Integer> withoutCall = new HashSet<>();
		observation.pending().forEach((call) -> withoutCall.add(call.client()));
		withoutCall.removeAll(clients.keySet());
		if (clients.isEmpty() || !withoutCall.isEmpty() || stuck(observation) > 0) {
			return null;
		}
		long last = 0;
		for (List<Call> calls : clients.values()) {
			Long recovered = ofClient(observation, calls);
			if (recovered == null) {
				return null;
			}
			last = Math.max(last, recovered);
		}
		return last;
	}

	/**
	 * Returns the number of clients that were stuck at the end of the window.
	 */
	static int stuck(Observation observation) {
		return (int) observation.pending().stream().filter((call) -> observation.duration(call) > STUCK).count();
	}

	private static @Nullable Long ofClient(Observation observation, List<Call> calls) {
		List<Call> after = calls.stream()
			.filter((call) -> call.ended() >= 0)
			.sorted(Comparator.comparingLong(Call::started))
			.toList();
		int next = 0;
		long affected = 0;
		for (int i = 0; i < after.size(); i++) {
			Call call = after.get(i);
			boolean delayed = observation.primaryReads() && call.nanos() > DELAYED && call.started() - affected < SOON;
			if (!call.succeeded() || delayed) {
				next = call.succeeded() ? i : i + 1;
				affected = call.ended();
			}
		}
		return firstSuccess(observation, after.subList(next, after.size()));
	}

	/**
	 * Returns the end of the first call that began after the fault. A call that the fault
	 * delayed counts too, even if it began before.
	 */
	private static @Nullable Long firstSuccess(Observation observation, List<Call> calls) {
		for (Call call : calls) {
			if ((call.started() >= 0 || call.nanos() > DELAYED) && observation.isOnWorkingServer(call)) {
				return call.ended();
			}
		}
		return null;
	}

}
