package dev.failover.benchmarks.scale;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;

/**
 * Measures what the probes of idle fleets cost each node.
 */
final class ProbeCosts {

	/** No connection but those of the probes. */
	private static final List<String> IDLE = List.of("spring.datasource.hikari.minimum-idle=0");

	private final int seconds;

	ProbeCosts(int seconds) {
		this.seconds = seconds;
	}

	List<ProbeCost> measure(List<Integer> sizes) throws InterruptedException, SQLException, IOException {
		List<ProbeCost> all = new ArrayList<>();
		for (int size : sizes) {
			EmbeddedPair.Builder builder = EmbeddedPair.builder();
			ServerCounters.LOGGING.forEach(builder::setting);
			try (EmbeddedPair pair = builder.start(); Fleet fleet = Fleet.start(pair, size, IDLE)) {
				all.addAll(measure(pair, fleet.instances().size()));
			}
		}
		return all;
	}

	private List<ProbeCost> measure(EmbeddedPair pair, int size)
			throws InterruptedException, SQLException, IOException {
		Map<EmbeddedNode, ServerCounters> before = new LinkedHashMap<>();
		for (EmbeddedNode node : pair.nodes()) {
			before.put(node, ServerCounters.of(node));
		}
		Thread.sleep(this.seconds * 1_000L);
		List<ProbeCost> costs = new ArrayList<>();
		for (Map.Entry<EmbeddedNode, ServerCounters> entry : before.entrySet()) {
			EmbeddedNode node = entry.getKey();
			costs.add(ServerCounters.of(node).since(entry.getValue(), node.name(), size));
		}
		return costs;
	}

}
