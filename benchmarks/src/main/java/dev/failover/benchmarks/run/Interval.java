package dev.failover.benchmarks.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;

/**
 * Median and its 95 % confidence interval, computed by bootstrapping: the samples are
 * redrawn with replacement many times. The random numbers are the same in each call.
 *
 * @param low lower end
 * @param middle the median
 * @param high upper end
 */
public record Interval(double low, double middle, double high) {

	private static final int DRAWS = 2_000;

	private static final double TAIL = 0.025;

	private static final long SEED = 20_260_101;

	/**
	 * Returns the median of samples with its interval.
	 */
	public static Interval ofMedian(List<Double> samples) {
		return ofMedians(samples.stream().map(List::of).toList());
	}

	/**
	 * Returns the median of the medians of groups with its interval. Each draw takes
	 * groups first and then samples in each, because the samples of a group depend on
	 * each other.
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

	public static double median(List<Double> samples) {
		return median(array(samples));
	}

	/**
	 * Combines each sample of one list with the sample at the same index of another.
	 */
	public static List<Double> pairs(List<Double> one, List<Double> other, DoubleBinaryOperator combination) {
		List<Double> combined = new ArrayList<>();
		for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
			combined.add(combination.applyAsDouble(one.get(i), other.get(i)));
		}
		return combined;
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

}
