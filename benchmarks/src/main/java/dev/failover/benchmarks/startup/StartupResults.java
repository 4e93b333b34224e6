package dev.failover.benchmarks.startup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;

/**
 * Results of the start-up benchmark, as in its JSON file.
 *
 * @param date start of the measurement
 * @param machine machine of the measurement
 * @param size size of the measurement
 * @param plan extent of the measurement
 * @param versions versions of the libraries
 * @param plain results without the starter
 * @param disabled results with the starter turned off
 * @param byHand results of an application that implements its own routing instead
 * @param starter results with the starter
 */
record StartupResults(Instant date, Machine machine, Size size, Plan plan, Map<String, String> versions,
		VariantResult plain, VariantResult disabled, VariantResult byHand, VariantResult starter) {

	/**
	 * Returns the milliseconds until the context is ready that the starter adds: the
	 * median of the differences within rounds.
	 */
	Interval readyAdded() {
		return Interval
			.ofMedian(Interval.pairs(ready(this.starter), ready(this.plain), (starter, plain) -> starter - plain));
	}

	private static List<Double> ready(VariantResult result) {
		return result.starts().stream().map(Start::readyMillis).toList();
	}

	/**
	 * Extent of the measurement.
	 *
	 * @param starts number of starts of each variant
	 * @param memories number of memory measurements of each variant
	 */
	record Plan(int starts, int memories) {

		static Plan of(Size size) {
			return (size == Size.SMALL) ? new Plan(3, 1) : new Plan(61, 2);
		}

	}

	/**
	 * Results of a variant.
	 *
	 * @param build the variant
	 * @param starts its starts, each in a JVM of its own
	 * @param memories its memory, each in a JVM of its own
	 */
	record VariantResult(Variant build, List<Start> starts, List<Memory> memories) {

	}

	/**
	 * A start of an application, in milliseconds.
	 *
	 * @param readyMillis from the start of Spring until the context was ready
	 * @param workMillis processor time of the starting thread until the context was ready
	 * @param answeredMillis from the start of Spring until the first statement was
	 * answered
	 * @param jvmMillis processor time of the JVM until the context was ready
	 */
	record Start(double readyMillis, double workMillis, double answeredMillis, double jvmMillis) {

	}

	/**
	 * Memory that one more application in a JVM takes.
	 *
	 * @param heapKilobytes additional heap in use
	 * @param threads additional threads
	 */
	record Memory(double heapKilobytes, double threads) {

	}

}
