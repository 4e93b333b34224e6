package dev.failover.benchmarks.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.failover.benchmarks.scale.ScaleResults.DetectionSpread;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;

/**
 * Measures when the instances of an idle fleet leave a primary that is killed or frozen.
 * An idle instance has only its probes: no traffic makes it look at once.
 */
final class DetectionSpreads {

	private static final List<String> IDLE = List.of("spring.datasource.hikari.minimum-idle=0");

	private DetectionSpreads() {
	}

	static List<DetectionSpread> measure(int instances) throws InterruptedException {
		return List.of(measure(instances, "kill", EmbeddedNode::kill),
				measure(instances, "freeze", EmbeddedNode::freeze));
	}

	private static DetectionSpread measure(int instances, String name, Consumer<EmbeddedNode> fault)
			throws InterruptedException {
		try (EmbeddedPair pair = EmbeddedPair.builder().setting("max_connections", "300").start();
				Fleet fleet = Fleet.start(pair, instances, IDLE)) {
			Instant begun = Instant.now();
			fault.accept(pair.primary());
			Fleet.await("every instance has left the primary",
					() -> fleet.instances().stream().noneMatch((instance) -> instance.changesAfter(begun).isEmpty()));
			List<Double> millis = new ArrayList<>();
			int changes = 0;
			for (Fleet.Instance instance : fleet.instances()) {
				List<Instant> moved = instance.changesAfter(begun);
				millis.add(Duration.between(begun, moved.get(0)).toNanos() / 1e6);
				changes += moved.size();
			}
			return new DetectionSpread(name, instances, millis.stream().sorted().toList(), changes);
		}
	}

}
