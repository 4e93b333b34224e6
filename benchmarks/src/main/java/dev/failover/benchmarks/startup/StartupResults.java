package dev.failover.benchmarks.startup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured of the starter's static cost.
 *
 * @param date when it began
 * @param machine where
 * @param size how much
 * @param plan how
 * @param versions versions of what takes part
 * @param plain the application without the starter
 * @param disabled the one with it, turned off; null of older runs, which had none
 * @param byHand the one that routes by itself; null of older runs, which had none
 * @param starter the application with it
 */
record StartupResults(Instant date, Machine machine, Size size, StartupPlan plan, Map<String, String> versions,
		BuildResult plain, @Nullable BuildResult disabled, @Nullable BuildResult byHand, BuildResult starter) {

	/**
	 * All that were measured.
	 */
	List<BuildResult> builds() {
		return Stream.of(this.plain, this.disabled, this.byHand, this.starter).filter(Objects::nonNull).toList();
	}

	/**
	 * Milliseconds until the context is ready that the starter adds.
	 */
	Interval readyAdded() {
		return added(this.starter, BuildResult::starts, Start::readyMillis);
	}

	/**
	 * What a build adds to plain Boot: the median of the differences within rounds.
	 */
	<T> Interval added(BuildResult build, Function<BuildResult, List<T>> measured, Function<T, Double> quantity) {
		return Interval.ofMedian(Interval.differences(measured.apply(build).stream().map(quantity).toList(),
				measured.apply(this.plain).stream().map(quantity).toList()));
	}

}
