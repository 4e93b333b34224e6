package dev.failover.benchmarks.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.embedded.EmbeddedPair;

/**
 * Measures how fleets under load move to the mirror at once when the primary is killed.
 */
final class Herds {

	/** Connections that a server admits for the fleet and its probes. */
	private static final int LIMIT = 97;

	/** Connections that PostgreSQL keeps for superusers by default. */
	private static final int RESERVED = 3;

	/** Instances whose pools want half more than that. */
	private static final int CROWD = 15;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final List<String> WARM = List.of("spring.datasource.hikari.connection-timeout=10000");

	private static final List<String> COLD = List.of("spring.datasource.hikari.connection-timeout=10000",
			"spring.datasource.hikari.minimum-idle=1", "failover.mirror.hikari.minimum-idle=0");

	private final int fits;

	/**
	 * Create the measurement.
	 * @param fits instances whose pools fit into the server's connections
	 */
	Herds(int fits) {
		this.fits = fits;
	}

	List<Herd> measure() throws InterruptedException {
		return List.of(measure("pools of the mirror are warm, as by default", this.fits, WARM),
				measure("pools of the mirror are empty", this.fits, COLD),
				measure("pools of the mirror are empty, and want more than there is", CROWD, COLD));
	}

	private static Herd measure(String what, int instances, List<String> properties) throws InterruptedException {
		List<HerdLoad> loads = new ArrayList<>();
		try (EmbeddedPair pair = EmbeddedPair.builder()
			.setting("max_connections", Integer.toString(LIMIT + RESERVED))
			.start(); Fleet fleet = Fleet.start(pair, instances, properties)) {
			fleet.instances().stream().map(Instance::dataSource).map(HerdLoad::new).forEach(loads::add);
			Fleet.await("every instance works", () -> loads.stream().allMatch((load) -> load.wholeSince(0) > 0));
			return strike(what, pair, fleet, loads);
		}
		finally {
			loads.forEach(HerdLoad::close);
		}
	}

	private static Herd strike(String what, EmbeddedPair pair, Fleet fleet, List<HerdLoad> loads)
			throws InterruptedException {
		loads.forEach(HerdLoad::reset);
		Instant at = Instant.now();
		long begun = System.nanoTime();
		pair.primary().kill();
		boolean first = Fleet.comes(PATIENCE, () -> loads.stream().allMatch((load) -> load.wholeSince(begun) > 0));
		double firstMillis = first ? millisSince(begun) : -1;
		boolean whole = Fleet.comes(PATIENCE,
				() -> loads.stream().allMatch((load) -> load.wholeSince(begun) == HerdLoad.THREADS));
		double wholeMillis = whole ? millisSince(begun) : -1;
		int instances = loads.size();
		return new Herd(what, instances, instances * HerdLoad.THREADS, LIMIT, firstMillis, wholeMillis,
				loads.stream().mapToLong(HerdLoad::failed).sum(),
				loads.stream().mapToLong(HerdLoad::longestNanos).max().orElse(0) / 1e6,
				fleet.instances().stream().mapToInt((instance) -> instance.changesAfter(at).size()).sum());
	}

	private static double millisSince(long nanos) {
		return (System.nanoTime() - nanos) / 1e6;
	}

}
