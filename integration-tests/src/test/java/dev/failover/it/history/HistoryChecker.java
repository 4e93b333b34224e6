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
import java.util.stream.Collectors;

/**
 * Checks what clients were told against what the surviving database has. Pure.
 */
public final class HistoryChecker {

	private final long maxAge;

	/**
	 * Create a checker.
	 * @param maxAge how old the data of a read may be
	 */
	public HistoryChecker(Duration maxAge) {
		this.maxAge = maxAge.toNanos();
	}

	/**
	 * Check a history.
	 * @param history all calls, in any order
	 * @param stored all writes of the surviving database, a repeated one each time
	 */
	public Findings check(List<Operation> history, List<StoredWrite> stored) {
		Set<Long> present = stored.stream().map(StoredWrite::id).collect(Collectors.toSet());
		List<Operation> lost = history.stream()
			.filter((call) -> call.acknowledged() && !present.contains(call.id()))
			.toList();
		List<Operation> undead = history.stream()
			.filter((call) -> call.kind() == Kind.WRITE && call.outcome() == Outcome.FAILED
					&& present.contains(call.id()))
			.toList();
		return new Findings(lost, duplicated(stored), undead, twoLeaders(history), stale(history, present));
	}

	private static List<Long> duplicated(List<StoredWrite> stored) {
		Set<Long> seen = new HashSet<>();
		return stored.stream().map(StoredWrite::id).filter((id) -> !seen.add(id)).distinct().toList();
	}

	/**
	 * A call that saw one epoch before and after took place in it. One that saw the route
	 * change took place in any of the epochs between; it is only wrong when none of them
	 * can have had its server.
	 */
	private static List<String> twoLeaders(List<Operation> history) {
		Map<Long, Set<Integer>> leaders = new HashMap<>();
		List<Operation> writes = history.stream().filter(Operation::acknowledged).toList();
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
			.filter((call) -> call.epochBefore() != call.epochAfter() && !possible(call, leaders))
			.forEach((call) -> found.add("epochs " + call.epochBefore() + " to " + call.epochAfter() + ": server "
					+ call.server() + " beside " + leaders));
		return found;
	}

	private static boolean possible(Operation call, Map<Long, Set<Integer>> leaders) {
		for (long epoch = call.epochBefore(); epoch <= call.epochAfter(); epoch++) {
			Set<Integer> known = leaders.get(epoch);
			if (known == null || known.contains(call.server())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A lost write is told of as lost, not at each read that misses it.
	 */
	private List<String> stale(List<Operation> history, Set<Long> present) {
		Map<Integer, TreeMap<Long, Long>> acknowledged = new HashMap<>();
		history.stream()
			.filter((call) -> call.acknowledged() && present.contains(call.id()))
			.forEach((call) -> acknowledged.computeIfAbsent(call.client(), (client) -> new TreeMap<>())
				.put(call.ended(), call.number()));
		acknowledged.values().forEach(HistoryChecker::makeMonotonic);
		return history.stream()
			.filter((call) -> call.kind() == Kind.READ && call.outcome() == Outcome.OK)
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
