package dev.failover.benchmarks.scale;

import java.time.Instant;
import java.util.List;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;

/**
 * What was measured of fleets.
 *
 * @param date when it began
 * @param machine where
 * @param size how much was measured
 * @param probes what probes cost each node
 * @param spreads when instances left a lost node
 * @param herds how loaded instances moved at once
 */
record ScaleResults(Instant date, Machine machine, Size size, List<ProbeCost> probes, List<DetectionSpread> spreads,
		List<Herd> herds) {
}
