package dev.failover.benchmarks.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;

/**
 * Measures when the instances of an idle fleet leave a primary that is killed, and one
 * that freezes. Nobody helps an idle instance: without traffic, it has its probes alone.
 */
final class DetectionSpreads {

	private static final List<String> IDLE = List.of("spring.datasource.hikari.minimum-idle=0");

	private final int instances;

	DetectionSpreads(int instances) {
		this.instances = instances;
	}

	List<DetectionSpread> measure() throws InterruptedException {
		return List.of(measure("kill", EmbeddedNode::kill), measure("freeze", EmbeddedNode::freeze));
	}

	private DetectionSpread measure(String name, Fault fault) throws InterruptedException {
		try (EmbeddedPair pair = EmbeddedPair.builder().setting("max_connections", "300").start();
				Fleet fleet = Fleet.start(pair, this.instances, IDLE)) {
			Instant begun = Instant.now();
			fault.strike(pair.primary());
			Fleet.await("every instance has left the primary",
					() -> fleet.instances().stream().noneMatch((instance) -> instance.changesAfter(begun).isEmpty()));
			List<Double> millis = new ArrayList<>();
			int changes = 0;
			for (Instance instance : fleet.instances()) {
				List<Instant> moved = instance.changesAfter(begun);
				millis.add(Duration.between(begun, moved.get(0)).toNanos() / 1e6);
				changes += moved.size();
			}
			return new DetectionSpread(name, this.instances, millis.stream().sorted().toList(), changes);
		}
	}

	/**
	 * Something that happens to a node.
	 */
	@FunctionalInterface
	private interface Fault {

		void strike(EmbeddedNode node);

	}

}
