package dev.failover.benchmarks.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.scale.ScaleResults.LoadedFailover;
import dev.failover.embedded.EmbeddedPair;

/**
 * Measures fleets under load that move to the mirror at once when the primary is killed.
 */
final class LoadedFailovers {

	/** Connections that the server admits for the fleet and its probes. */
	private static final int LIMIT = 97;

	/** Connections that PostgreSQL keeps for superusers by default. */
	private static final int RESERVED = 3;

	/** Instances whose pools want one and a half times as many. */
	private static final int CROWD = 15;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final List<String> WARM = List.of("spring.datasource.hikari.connection-timeout=10000");

	private static final List<String> COLD = List.of("spring.datasource.hikari.connection-timeout=10000",
			"spring.datasource.hikari.minimum-idle=1", "failover.mirror.hikari.minimum-idle=0");

	private LoadedFailovers() {
	}

	/**
	 * Measures all variants.
	 * @param fitting number of instances whose pools fit into the server's connections
	 */
	static List<LoadedFailover> measure(int fitting) throws InterruptedException {
		return List.of(measure("pools of the mirror are warm, as by default", fitting, WARM),
				measure("pools of the mirror are empty", fitting, COLD),
				measure("pools of the mirror are empty, and want more than there is", CROWD, COLD));
	}

	private static LoadedFailover measure(String what, int instances, List<String> properties)
			throws InterruptedException {
		List<InstanceLoad> loads = new ArrayList<>();
		try (EmbeddedPair pair = EmbeddedPair.builder()
			.setting("max_connections", Integer.toString(LIMIT + RESERVED))
			.start(); Fleet fleet = Fleet.start(pair, instances, properties)) {
			fleet.instances().stream().map(Fleet.Instance::dataSource).map(InstanceLoad::new).forEach(loads::add);
			Fleet.await("every instance works", () -> loads.stream().allMatch((load) -> load.recoveredSince(0) > 0));
			return strike(what, pair, fleet, loads);
		}
		finally {
			loads.forEach(InstanceLoad::close);
		}
	}

	private static LoadedFailover strike(String what, EmbeddedPair pair, Fleet fleet, List<InstanceLoad> loads)
			throws InterruptedException {
		loads.forEach(InstanceLoad::reset);
		Instant at = Instant.now();
		long begun = System.nanoTime();
		pair.primary().kill();
		boolean first = Fleet.await(TIMEOUT, () -> loads.stream().allMatch((load) -> load.recoveredSince(begun) > 0));
		double firstMillis = first ? millisSince(begun) : -1;
		boolean recovered = Fleet.await(TIMEOUT,
				() -> loads.stream().allMatch((load) -> load.recoveredSince(begun) == InstanceLoad.THREADS));
		double recoveredMillis = recovered ? millisSince(begun) : -1;
		int instances = loads.size();
		return new LoadedFailover(what, instances, instances * InstanceLoad.THREADS, LIMIT, firstMillis,
				recoveredMillis, loads.stream().mapToLong(InstanceLoad::failed).sum(),
				loads.stream().mapToLong(InstanceLoad::longestNanos).max().orElse(0) / 1e6,
				fleet.instances().stream().mapToInt((instance) -> instance.changesAfter(at).size()).sum());
	}

	private static double millisSince(long nanos) {
		return (System.nanoTime() - nanos) / 1e6;
	}

}
