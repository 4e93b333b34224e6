package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.failover.benchmarks.run.Size;

/**
 * Extent and order of the overhead benchmark. Each contender is measured in one JVM with
 * HikariCP alone. The contenders that differ least from it, the close group, share a JVM
 * and are measured for longer.
 *
 * @param threads numbers of threads that are measured
 * @param rounds number of JVMs in which each contender is measured
 * @param closeRounds additional rounds of the close group
 * @param warmups blocks of warm-up iterations, whose results are discarded
 * @param iterations blocks of measured iterations
 * @param closeIterations blocks of measured iterations of the close group
 * @param iterationMillis length of an iteration
 */
record OverheadPlan(List<Integer> threads, int rounds, int closeRounds, int warmups, int iterations,
		int closeIterations, int iterationMillis) {

	/** The pool alone, the starter, and the peer that is nearly as fast, if present. */
	private static final List<String> CLOSE = List.of(Contenders.HIKARI, Contenders.FAILOVER, "dynamic-datasource");

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
	 * Returns the groups of a round in order; every other round is reversed.
	 */
	List<Group> groups(int round, List<String> names) {
		List<Group> groups = new ArrayList<>();
		groups.add(new Group(Group.CLOSE, CLOSE.stream().filter(names::contains).toList()));
		if (round < this.rounds) {
			names.stream()
				.filter((name) -> !CLOSE.contains(name))
				.forEach((name) -> groups.add(new Group(name, List.of(Contenders.HIKARI, name))));
		}
		if (round % 2 == 1) {
			Collections.reverse(groups);
		}
		return groups;
	}

	/**
	 * Returns the number of blocks of measured iterations of a group.
	 */
	int blocks(Group group) {
		return group.isClose() ? this.closeIterations : this.iterations;
	}

	/**
	 * Contenders that share a JVM, the pool alone first.
	 *
	 * @param name name of the group
	 * @param contenders names of the contenders
	 */
	record Group(String name, List<String> contenders) {

		/** The group of those that differ least from the pool alone. */
		static final String CLOSE = "close";

		Group {
			contenders = List.copyOf(contenders);
		}

		boolean isClose() {
			return this.name.equals(CLOSE);
		}

	}

}
