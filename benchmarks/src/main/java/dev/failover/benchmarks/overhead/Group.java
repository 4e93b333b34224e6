package dev.failover.benchmarks.overhead;

import java.util.List;

/**
 * Contenders that take turns in one JVM, the bare pool first.
 *
 * @param name name of the group
 * @param contenders their names
 */
record Group(String name, List<String> contenders) {

	/**
	 * Those that are closest to the bare pool, and to each other.
	 */
	static final String CLOSE = "close";

	Group {
		contenders = List.copyOf(contenders);
	}

	boolean isClose() {
		return this.name.equals(CLOSE);
	}

}
