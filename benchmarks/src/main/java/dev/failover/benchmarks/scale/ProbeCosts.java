package dev.failover.benchmarks.scale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedPair;

/**
 * Measures what the probes of idle fleets cost each node.
 */
final class ProbeCosts {

	/** No connection but those of the probes. */
	private static final List<String> IDLE = List.of("spring.datasource.hikari.minimum-idle=0");

	/** What a session does after the last look at it is not seen: 1 % of its 30 s. */
	private static final long LOOK_MILLIS = 300;

	private final int seconds;

	ProbeCosts(int seconds) {
		this.seconds = seconds;
	}

	List<ProbeCost> measure(List<Integer> sizes) throws InterruptedException, SQLException {
		List<ProbeCost> all = new ArrayList<>();
		for (int size : sizes) {
			EmbeddedPair.Builder builder = EmbeddedPair.builder();
			ProbeWatch.LOGGING.forEach(builder::setting);
			try (EmbeddedPair pair = builder.start(); Fleet fleet = Fleet.start(pair, size, IDLE)) {
				all.addAll(measure(pair, fleet.instances().size()));
			}
		}
		return all;
	}

	private List<ProbeCost> measure(EmbeddedPair pair, int size) throws InterruptedException, SQLException {
		try (ProbeWatch primary = new ProbeWatch(pair.primary()); ProbeWatch mirror = new ProbeWatch(pair.mirror())) {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.seconds);
			while (System.nanoTime() - end < 0) {
				Thread.sleep(LOOK_MILLIS);
				primary.look();
				mirror.look();
			}
			return List.of(primary.cost(size), mirror.cost(size));
		}
	}

}
