package dev.failover.benchmarks.startup;

import dev.failover.benchmarks.run.Size;

/**
 * How much is measured.
 *
 * @param starts how often each application is started
 * @param memories how often its memory is measured
 */
record StartupPlan(int starts, int memories) {

	static StartupPlan of(Size size) {
		return switch (size) {
			case SMALL -> new StartupPlan(3, 1);
			case FULL -> new StartupPlan(61, 2);
		};
	}

}
