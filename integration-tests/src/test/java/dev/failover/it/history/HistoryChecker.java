package dev.failover.it.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Operation.Type;

/**
 * Checks recorded calls of clients against the writes that the surviving database has.
 * Has no state and no side effects.
 */
public final class HistoryChecker {

	private final long maxAge;

	/**
	 * Creates a checker.
	 * @param maxAge allowed age of the data that a read returns
	 */
	public HistoryChecker(Duration maxAge) {
		this.maxAge = maxAge.toNanos();
	}

	/**
	 * Checks a history.
	 * @param history all calls, in any order
	 * @param stored all writes of the surviving database; one that was applied twice is
	 * listed twice
	 */
	public Violations check(List<Operation> history, List<Long> stored) {
		Set<Long> present = Set.copyOf(stored);
		List<Operation> lost = history.stream()
			.filter((call) -> call.isAcknowledged() && !present.contains(call.id()))
			.toList();
		List<Operation> failedButStored = history.stream()
			.filter((call) -> call.type() == Type.WRITE && call.outcome() == Outcome.FAILED
					&& present.contains(call.id()))
			.toList();
		return new Violations(lost, duplicated(stored), failedButStored, twoLeaders(history), stale(history, present));
	}

	private static List<Long> duplicated(List<Long> stored) {
		Set<Long> seen = new HashSet<>();
		return stored.stream().filter((id) -> !seen.add(id)).distinct().toList();
	}

	/**
	 * Finds epochs with two leaders. A call that saw the same epoch before and after
	 * belongs to that epoch. A call that saw the route change belongs to any epoch
	 * between; it is a violation only if none of these epochs can have had its server.
	 */
	private static List<String> twoLeaders(List<Operation> history) {
		Map<Long, Set<Integer>> leaders = new HashMap<>();
		List<Operation> writes = history.stream().filter(Operation::isAcknowledged).toList();
		writes.stream()
			.filter((call) -> call.epochBefore() == call.epochAfter())
			.forEach((call) -> leaders.computeIfAbsent(call.epochBefore(), (epoch) -> new TreeSet<>())
				.add(call.server()));
		List<String> found = new ArrayList<>();
		leaders.forEach((epoch, servers) -> {
			if (servers.size() > 1) {
				found.add("epoch " + epoch + ": servers " + servers);
			}
		});
		writes.stream()
			.filter((call) -> call.epochBefore() != call.epochAfter() && !isPossible(call, leaders))
			.forEach((call) -> found.add("epochs " + call.epochBefore() + " to " + call.epochAfter() + ": server "
					+ call.server() + " beside " + leaders));
		return found;
	}

	private static boolean isPossible(Operation call, Map<Long, Set<Integer>> leaders) {
		for (long epoch = call.epochBefore(); epoch <= call.epochAfter(); epoch++) {
			Set<Integer> known = leaders.get(epoch);
			if (known == null || known.contains(call.server())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Finds stale reads. A read that misses a lost write is not one of them: the write is
	 * reported as lost.
	 */
	private List<String> stale(List<Operation> history, Set<Long> present) {
		Map<Integer, TreeMap<Long, Long>> acknowledged = new HashMap<>();
		history.stream()
			.filter((call) -> call.isAcknowledged() && present.contains(call.id()))
			.forEach((call) -> acknowledged.computeIfAbsent(call.client(), (client) -> new TreeMap<>())
				.put(call.ended(), call.number()));
		acknowledged.values().forEach(HistoryChecker::makeMonotonic);
		return history.stream()
			.filter((call) -> call.type() == Type.READ && call.outcome() == Outcome.OK)
			.filter((read) -> read.number() < due(read, acknowledged))
			.map((read) -> "client " + read.client() + " read " + read.number() + " of client " + read.id()
					+ " on server " + read.server() + ", but " + due(read, acknowledged)
					+ " was acknowledged longer ago than allowed")
			.toList();
	}

	private static void makeMonotonic(TreeMap<Long, Long> numbers) {
		long highest = Long.MIN_VALUE;
		for (Map.Entry<Long, Long> entry : numbers.entrySet()) {
			highest = Math.max(highest, entry.getValue());
			entry.setValue(highest);
		}
	}

	private long due(Operation read, Map<Integer, TreeMap<Long, Long>> acknowledged) {
		TreeMap<Long, Long> numbers = acknowledged.get((int) read.id());
		Map.Entry<Long, Long> last = (numbers != null) ? numbers.floorEntry(read.started() - this.maxAge) : null;
		return (last != null) ? last.getValue() : Long.MIN_VALUE;
	}

}
