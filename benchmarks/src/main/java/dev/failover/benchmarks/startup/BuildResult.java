package dev.failover.benchmarks.startup;

import java.util.List;

/**
 * What was measured of one of the applications.
 *
 * @param build the application
 * @param starts its starts, each in a JVM of its own
 * @param memories its memory, each in a JVM of its own
 */
record BuildResult(Build build, List<Start> starts, List<Memory> memories) {

	BuildResult {
		starts = List.copyOf(starts);
		memories = List.copyOf(memories);
	}

}
