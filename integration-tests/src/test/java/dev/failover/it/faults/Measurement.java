package dev.failover.it.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.failover.it.history.Kind;
import dev.failover.it.history.Operation;
import dev.failover.it.history.Outcome;

/**
 * What clients felt of faults: pure.
 *
 * @param faults when each fault struck, in order; the last entry is the end
 * @param history all calls
 */
record Measurement(List<Long> faults, List<Operation> history) {

	/** A call that took longer and succeeded was held. */
	private static final long HELD = Duration.ofMillis(100).toNanos();

	/**
	 * A call that begins later and is held for the first time is held by something else.
	 */
	private static final long SOON = Duration.ofSeconds(1).toNanos();

	/**
	 * Longest time from a fault until each client of a kind had succeeded again.
	 * @return null if one never did
	 */
	Duration wholeAfter(Kind kind) {
		Duration longest = Duration.ZERO;
		for (int i = 0; i + 1 < this.faults.size(); i++) {
			Duration whole = wholeAfter(kind, this.faults.get(i), this.faults.get(i + 1));
			if (whole == null) {
				return null;
			}
			longest = (whole.compareTo(longest) > 0) ? whole : longest;
		}
		return longest;
	}

	private Duration wholeAfter(Kind kind, long from, long to) {
		Map<Integer, List<Operation>> clients = between(from, to).stream()
			.filter((call) -> call.kind() == kind)
			.collect(Collectors.groupingBy(Operation::client));
		List<Long> ends = clients.values().stream().map((calls) -> wholeAt(calls, from)).toList();
		return ends.stream().anyMatch(Objects::isNull) ? null
				: Duration.ofNanos(ends.stream().mapToLong((end) -> end - from).max().orElse(0));
	}

	/**
	 * The end of the first success after the last failure; without a failure, of the
	 * calls that were held one after another from soon after the fault on; without one,
	 * the fault was not felt.
	 */
	private static Long wholeAt(List<Operation> calls, long from) {
		List<Operation> ordered = calls.stream().sorted(Comparator.comparingLong(Operation::started)).toList();
		int lastFailure = -1;
		for (int i = 0; i < ordered.size(); i++) {
			lastFailure = (ordered.get(i).outcome() != Outcome.OK) ? i : lastFailure;
		}
		if (lastFailure == ordered.size() - 1) {
			return null;
		}
		if (lastFailure >= 0) {
			return ordered.get(lastFailure + 1).ended();
		}
		long end = from;
		for (Operation call : ordered) {
			boolean soon = call.started() - from < SOON;
			if (isHeld(call) && (soon || end != from)) {
				end = call.ended();
			}
			else if (end != from) {
				return end;
			}
		}
		return end;
	}

	long failed() {
		return count((call) -> call.outcome() != Outcome.OK);
	}

	long held() {
		return count(Measurement::isHeld);
	}

	Duration longestCall() {
		return Duration.ofNanos(affected().stream().mapToLong(Operation::nanos).max().orElse(0));
	}

	/**
	 * How often calls failed with what.
	 */
	Map<String, Long> errors() {
		return affected().stream()
			.filter((call) -> call.outcome() != Outcome.OK)
			.collect(Collectors.groupingBy(Operation::error, TreeMap::new, Collectors.counting()));
	}

	private long count(Function<Operation, Boolean> wanted) {
		return affected().stream().filter(wanted::apply).count();
	}

	private List<Operation> affected() {
		return between(this.faults.get(0), this.faults.get(this.faults.size() - 1));
	}

	private List<Operation> between(long from, long to) {
		return this.history.stream().filter((call) -> call.ended() - from >= 0 && call.ended() - to < 0).toList();
	}

	private static boolean isHeld(Operation call) {
		return call.outcome() == Outcome.OK && call.nanos() > HELD;
	}

}
