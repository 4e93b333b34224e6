package dev.failover.benchmarks.run;

import java.util.List;

/**
 * Samples of one quantity, and what they say together.
 *
 * @param values in the order in which they were taken; not empty
 */
public record Samples(List<Double> values) {

	public Samples {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("No samples");
		}
		values = List.copyOf(values);
	}

	public double median() {
		List<Double> sorted = this.values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	public double min() {
		return this.values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	public double max() {
		return this.values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

	/**
	 * Median with the smallest and the largest sample in brackets.
	 */
	public String describe(int decimals) {
		return Numbers.of(median(), decimals) + " (" + Numbers.of(min(), decimals) + "–" + Numbers.of(max(), decimals)
				+ ")";
	}

}
