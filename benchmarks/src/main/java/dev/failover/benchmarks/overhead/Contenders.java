package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * All contenders: the bare pool, ours, what Spring and Resilience4j offer, and the peers
 * that are on the class path.
 */
final class Contenders {

	private Contenders() {
	}

	static List<Contender> all() {
		List<Contender> all = new ArrayList<>(List.of(new BareHikari(), new Failover(Failover.NAME),
				new Failover(Failover.NAME + " with offloaded reads", "failover.reads.target=mirror"),
				new BreakerRouting(), new LazyProxy()));
		ServiceLoader.load(Contender.class).forEach(all::add);
		return all;
	}

	static Contender named(String name) {
		return all().stream()
			.filter((contender) -> contender.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No contender is named '" + name + "'"));
	}

}
