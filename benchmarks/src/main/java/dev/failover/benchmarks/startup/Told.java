package dev.failover.benchmarks.startup;

import java.util.List;

/**
 * What a child tells its parent: numbers, each on a line of its own in its output.
 */
final class Told {

	private static final String MARK = "told:";

	private Told() {
	}

	static void tell(double number) {
		System.out.println(MARK + number);
	}

	/**
	 * The numbers in an output, in order.
	 */
	static List<Double> in(String output) {
		return output.lines()
			.filter((line) -> line.startsWith(MARK))
			.map((line) -> Double.valueOf(line.substring(MARK.length())))
			.toList();
	}

}
