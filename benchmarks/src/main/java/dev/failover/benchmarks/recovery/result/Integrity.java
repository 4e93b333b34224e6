package dev.failover.benchmarks.recovery.result;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the survivor has what clients were told, once.
 *
 * @param lost acknowledged writes that it does not have
 * @param duplicated writes that it has more than once
 */
public record Integrity(int lost, int duplicated) {

	/**
	 * Compare.
	 * @param calls all calls of the clients
	 * @param stored ids that the survivor has, each as often as it has it
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
