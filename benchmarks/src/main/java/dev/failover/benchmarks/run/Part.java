package dev.failover.benchmarks.run;

import java.nio.file.Path;

/**
 * One part of the benchmarks.
 */
@FunctionalInterface
public interface Part {

	/**
	 * Measure, and write raw results and their page.
	 * @param out the directory to write to
	 * @throws MissedTargetException if what was measured is worse than it may be
	 */
	void run(Size size, Path out) throws Exception;

}
