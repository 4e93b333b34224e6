package dev.failover.benchmarks.startup;

import java.util.List;

/**
 * Numbers that a child JVM reports to its parent, each on a line of its output.
 */
final class ChildOutput {

	private static final String PREFIX = "result:";

	private ChildOutput() {
	}

	static void report(double number) {
		System.out.println(PREFIX + number);
	}

	static List<Double> parse(String output) {
		return output.lines()
			.filter((line) -> line.startsWith(PREFIX))
			.map((line) -> Double.valueOf(line.substring(PREFIX.length())))
			.toList();
	}

}
