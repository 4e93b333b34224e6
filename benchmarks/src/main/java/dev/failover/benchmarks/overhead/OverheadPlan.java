package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.failover.benchmarks.run.Size;

/**
 * How much is measured, and in which order.
 *
 * @param threads numbers of threads
 * @param rounds how often each contender is measured, each time in a JVM of its own
 * @param closeRounds how many more rounds the close ones get
 * @param warmups blocks of turns before those that count
 * @param iterations blocks of turns that count
 * @param closeIterations the same of the close ones
 * @param iterationMillis length of a turn
 */
record OverheadPlan(List<Integer> threads, int rounds, int closeRounds, int warmups, int iterations,
		int closeIterations, int iterationMillis) {

	/** The bare pool, ours, and the peer that does nearly nothing, where it is there. */
	private static final List<String> CLOSE = List.of(BareHikari.NAME, Failover.NAME, "dynamic-datasource");

	static OverheadPlan of(Size size) {
		return switch (size) {
			case SMALL -> new OverheadPlan(List.of(1), 1, 2, 3, 3, 12, 40);
			case FULL -> new OverheadPlan(List.of(1, 2, 8), 3, 5, 4, 6, 16, 40);
		};
	}

	int allRounds() {
		return this.rounds + this.closeRounds;
	}

	/**
	 * Who is measured in a round, in turn; every other round begins at the other end.
	 */
	List<Group> groups(int round, List<String> names) {
		List<Group> groups = new ArrayList<>();
		groups.add(new Group(Group.CLOSE, CLOSE.stream().filter(names::contains).toList()));
		if (round < this.rounds) {
			names.stream()
				.filter((name) -> !CLOSE.contains(name))
				.forEach((name) -> groups.add(new Group(name, List.of(BareHikari.NAME, name))));
		}
		if (round % 2 == 1) {
			Collections.reverse(groups);
		}
		return groups;
	}

	/**
	 * How many blocks of a group count.
	 */
	int blocks(Group group) {
		return group.isClose() ? this.closeIterations : this.iterations;
	}

}
