package dev.failover.it.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.failover.it.history.Operation;
import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Operation.Type;

/**
 * Measures the effect of faults on clients. Has no state and no side effects.
 *
 * @param moments moments of the faults, in order; the last entry is the end
 * @param history all calls
 */
record Measurement(List<Long> moments, List<Operation> history) {

	/** A call that took longer and succeeded counts as held. */
	private static final long HELD = Duration.ofMillis(100).toNanos();

	/**
	 * A call that begins later and is the first that is held has another cause.
	 */
	private static final long SOON = Duration.ofSeconds(1).toNanos();

	/**
	 * Returns the longest time from a fault until each client had succeeded again.
	 * @param type type of the calls of these clients
	 * @return the time, or null if a client never succeeded again
	 */
	Duration recoveryTime(Type type) {
		Duration longest = Duration.ZERO;
		for (int i = 0; i + 1 < this.moments.size(); i++) {
			Duration time = recoveryTime(type, this.moments.get(i), this.moments.get(i + 1));
			if (time == null) {
				return null;
			}
			longest = (time.compareTo(longest) > 0) ? time : longest;
		}
		return longest;
	}

	private Duration recoveryTime(Type type, long from, long to) {
		Map<Integer, List<Operation>> clients = between(from, to).stream()
			.filter((call) -> call.type() == type)
			.collect(Collectors.groupingBy(Operation::client));
		List<Long> ends = clients.values().stream().map((calls) -> recoveredAt(calls, from)).toList();
		return ends.stream().anyMatch(Objects::isNull) ? null
				: Duration.ofNanos(ends.stream().mapToLong((end) -> end - from).max().orElse(0));
	}

	/**
	 * Returns the moment at which a client had recovered: the end of the first success
	 * after its last failure; without a failure, the end of the calls that were held one
	 * after another from soon after the fault on; without such calls, the fault itself.
	 * @return the moment, or null if the last call failed
	 */
	private static Long recoveredAt(List<Operation> calls, long from) {
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
	 * Returns the number of failed calls by error.
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
		return between(this.moments.get(0), this.moments.get(this.moments.size() - 1));
	}

	private List<Operation> between(long from, long to) {
		return this.history.stream().filter((call) -> call.ended() - from >= 0 && call.ended() - to < 0).toList();
	}

	private static boolean isHeld(Operation call) {
		return call.outcome() == Outcome.OK && call.nanos() > HELD;
	}

}
