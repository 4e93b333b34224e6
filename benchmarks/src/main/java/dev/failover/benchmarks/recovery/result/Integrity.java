package dev.failover.benchmarks.recovery.result;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Comparison of the acknowledged writes with the data of the survivor.
 *
 * @param lost acknowledged writes that it does not have
 * @param duplicated writes that it has more than once
 */
public record Integrity(int lost, int duplicated) {

	/**
	 * Compares calls with ids.
	 * @param calls all calls of the clients
	 * @param stored ids of the rows of the survivor, with duplicates
	 */
	public static Integrity of(List<Call> calls, List<Long> stored) {
		Set<Long> present = new HashSet<>();
		Set<Long> repeated = new HashSet<>();
		for (Long id : stored) {
			if (!present.add(id)) {
				repeated.add(id);
			}
		}
		long lost = calls.stream()
			.filter((call) -> call.kind() == Kind.WRITES && call.succeeded() && !present.contains(call.id()))
			.count();
		return new Integrity((int) lost, repeated.size());
	}

}
