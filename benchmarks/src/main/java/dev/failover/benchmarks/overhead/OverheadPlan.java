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
 * @param closeRounds how many more rounds the close ones get: the bare pool and ours
 * @param warmups iterations before those that count
 * @param iterations iterations that count
 * @param iterationMillis length of an iteration
 */
record OverheadPlan(List<Integer> threads, int rounds, int closeRounds, int warmups, int iterations,
		int iterationMillis) {

	static final List<String> CLOSE = List.of(BareHikari.NAME, Failover.NAME);

	static OverheadPlan of(Size size) {
		return switch (size) {
			case SMALL -> new OverheadPlan(List.of(1), 1, 2, 2, 2, 250);
			case FULL -> new OverheadPlan(List.of(1, 2, 8), 1, 2, 3, 3, 300);
		};
	}

	int allRounds() {
		return this.rounds + this.closeRounds;
	}

	/**
	 * Who is measured in a round, in turn: every other round begins at the other end, so
	 * that a machine that grows slower or faster favours nobody.
	 */
	List<String> turn(int round, List<String> names) {
		List<String> turn = new ArrayList<>(
				(round < this.rounds) ? names : names.stream().filter(CLOSE::contains).toList());
		if (round % 2 == 1) {
			Collections.reverse(turn);
		}
		return turn;
	}

}
