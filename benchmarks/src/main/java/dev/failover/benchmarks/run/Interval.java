package dev.failover.benchmarks.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * An estimate, and between what it would lie in 95 of 100 repetitions, by the bootstrap:
 * the samples are drawn again from themselves, many times. Draws are the same each time.
 *
 * @param low lower end
 * @param middle the estimate
 * @param high upper end
 */
public record Interval(double low, double middle, double high) {

	private static final int DRAWS = 2_000;

	private static final double TAIL = 0.025;

	private static final long SEED = 20_260_101;

	/**
	 * Of the median of samples.
	 */
	public static Interval ofMedian(List<Double> samples) {
		return ofMedians(samples.stream().map(List::of).toList());
	}

	/**
	 * Of the median over groups of the medians in each: what is drawn again is groups,
	 * and then samples in each, because those of one group have its luck in common.
	 */
	public static Interval ofMedians(List<List<Double>> groups) {
		double[][] samples = groups.stream().map(Interval::array).toArray(double[][]::new);
		double[] drawn = new double[DRAWS];
		Random random = new Random(SEED);
		for (int i = 0; i < DRAWS; i++) {
			drawn[i] = draw(samples, random);
		}
		Arrays.sort(drawn);
		double[] medians = new double[samples.length];
		Arrays.setAll(medians, (group) -> median(samples[group].clone()));
		return new Interval(drawn[(int) (DRAWS * TAIL)], median(medians), drawn[(int) (DRAWS * (1 - TAIL))]);
	}

	private static double[] array(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}

	private static double draw(double[][] groups, Random random) {
		double[] medians = new double[groups.length];
		for (int group = 0; group < groups.length; group++) {
			double[] from = groups[random.nextInt(groups.length)];
			double[] again = new double[from.length];
			Arrays.setAll(again, (sample) -> from[random.nextInt(from.length)]);
			medians[group] = median(again);
		}
		return median(medians);
	}

	private static double median(double[] values) {
		Arrays.sort(values);
		int middle = values.length / 2;
		return (values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

	/**
	 * This divided by another, independent one; the ends are those of the worst cases.
	 */
	public Interval over(Interval other) {
		return new Interval(this.low / other.high, this.middle / other.middle, this.high / other.low);
	}

	/**
	 * The estimate with the interval in brackets.
	 */
	public String describe(int decimals) {
		return Numbers.of(this.middle, decimals) + " (" + Numbers.of(this.low, decimals) + "–"
				+ Numbers.of(this.high, decimals) + ")";
	}

	/**
	 * Differences of samples that were taken in pairs.
	 */
	public static List<Double> differences(List<Double> one, List<Double> other) {
		List<Double> differences = new ArrayList<>();
		for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
			differences.add(one.get(i) - other.get(i));
		}
		return differences;
	}

}
