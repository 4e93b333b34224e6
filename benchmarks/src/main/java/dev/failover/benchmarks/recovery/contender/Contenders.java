package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * All contenders of the recovery benchmark: those of this module, and those that the
 * Maven profile {@code peers} adds as services.
 */
public final class Contenders {

	private Contenders() {
	}

	public static List<Contender> all() {
		List<Contender> all = new ArrayList<>(List.of(Ours.defaults(), Ours.tuned(), Ours.waiting(), Pgjdbc.defaults(),
				Pgjdbc.tuned(), new PrimaryPool(), new Haproxy(), new BreakerRouting(), new LowerBound()));
		ServiceLoader.load(Contender.class).forEach(all::add);
		return List.copyOf(all);
	}

}
