package dev.failover.benchmarks.startup;

import java.time.Instant;
import java.util.Map;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Samples;
import dev.failover.benchmarks.run.Size;

/**
 * All that was measured of the starter's static cost.
 *
 * @param date when it began
 * @param machine where
 * @param size how much
 * @param plan how
 * @param versions versions of what takes part
 * @param plain the application without the starter
 * @param starter the application with it
 */
record StartupResults(Instant date, Machine machine, Size size, StartupPlan plan, Map<String, String> versions,
		BuildResult plain, BuildResult starter) {

	/**
	 * Milliseconds until the context is ready that the starter adds: a difference of
	 * medians.
	 */
	double readyAdded() {
		return readyMillis(this.starter).median() - readyMillis(this.plain).median();
	}

	private static Samples readyMillis(BuildResult result) {
		return new Samples(result.starts().stream().map(Start::readyMillis).toList());
	}

}
