package dev.failover.benchmarks.recovery.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Median, least and greatest of values, of which null is never: greater than all others.
 *
 * @param median the middle one
 * @param least the least
 * @param greatest the greatest
 * @param size how many there are
 */
public record Spread(@Nullable Double median, @Nullable Double least, @Nullable Double greatest, int size) {

	/**
	 * Of what each sample says; there is at least one.
	 */
	public static Spread of(List<Sample> samples, Function<Sample, @Nullable Double> value) {
		List<@Nullable Double> values = new ArrayList<>();
		samples.forEach((sample) -> values.add(value.apply(sample)));
		return of(values);
	}

	/**
	 * Of at least one value.
	 */
	public static Spread of(List<@Nullable Double> values) {
		List<@Nullable Double> sorted = new ArrayList<>(values);
		sorted.sort(Comparator.nullsLast(Comparator.naturalOrder()));
		int size = sorted.size();
		Double upper = sorted.get(size / 2);
		Double lower = sorted.get((size - 1) / 2);
		Double median = (upper != null && lower != null) ? Double.valueOf((upper + lower) / 2) : null;
		return new Spread(median, sorted.get(0), sorted.get(size - 1), size);
	}

}
