package dev.failover.benchmarks.scale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.failover.benchmarks.scale.ScaleResults.ProbeCost;
import dev.failover.embedded.EmbeddedPair;

/**
 * Measures the cost of the probes of idle fleets for each node.
 */
final class ProbeCosts {

	/** Leaves the connections of the probes only. */
	private static final List<String> IDLE = List.of("spring.datasource.hikari.minimum-idle=0");

	/** A session that ends between two looks loses up to this much of its 30 s. */
	private static final long LOOK_MILLIS = 300;

	/** Contains two renewals of each login. */
	private static final int FULL_SECONDS = 66;

	private static final int SMALL_SECONDS = 5;

	private ProbeCosts() {
	}

	static List<ProbeCost> measure(boolean full) throws InterruptedException, SQLException {
		List<ProbeCost> all = new ArrayList<>();
		for (int size : full ? List.of(1, 8, 32) : List.of(4)) {
			EmbeddedPair.Builder builder = EmbeddedPair.builder();
			ProbeWatch.LOGGING.forEach(builder::setting);
			try (EmbeddedPair pair = builder.start(); Fleet fleet = Fleet.start(pair, size, IDLE)) {
				all.addAll(measure(pair, fleet.instances().size(), full ? FULL_SECONDS : SMALL_SECONDS));
			}
		}
		return all;
	}

	private static List<ProbeCost> measure(EmbeddedPair pair, int size, int seconds)
			throws InterruptedException, SQLException {
		try (ProbeWatch primary = new ProbeWatch(pair.primary()); ProbeWatch mirror = new ProbeWatch(pair.mirror())) {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
			while (System.nanoTime() - end < 0) {
				Thread.sleep(LOOK_MILLIS);
				primary.look();
				mirror.look();
			}
			return List.of(primary.cost(size), mirror.cost(size));
		}
	}

}
