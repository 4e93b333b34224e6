package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * All contenders: those of this module, and those of its profile {@code peers}.
 */
public final class Contenders {

	private Contenders() {
	}

	public static List<Contender> all() {
		List<Contender> all = new ArrayList<>(List.of(Ours.defaults(), Ours.tuned(), Ours.waiting(), Pgjdbc.defaults(),
				Pgjdbc.tuned(), new Haproxy(), new BreakerRouting(), new LowerBound()));
		ServiceLoader.load(Contender.class).forEach(all::add);
		return List.copyOf(all);
	}

}
