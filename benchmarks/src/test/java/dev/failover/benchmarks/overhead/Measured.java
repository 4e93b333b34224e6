package dev.failover.benchmarks.overhead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;

/**
 * Makes results for tests.
 */
final class Measured {

	private final List<ForkResult> forks = new ArrayList<>();

	Measured add(String contender, int round, double bytes, Double... nanos) {
		for (Operation operation : Operation.values()) {
			this.forks.add(new ForkResult(contender, operation, 1, round, Group.CLOSE, List.of(nanos),
					Collections.nCopies(nanos.length, bytes)));
		}
		return this;
	}

	private Map<String, String> versions() {
		Map<String, String> versions = new LinkedHashMap<>();
		this.forks.forEach((fork) -> versions.put(fork.contender(), "7"));
		return versions;
	}

	OverheadResults results() {
		return new OverheadResults(Instant.EPOCH, new Machine(null, 2, 1024, "os", "jvm", -1), Size.SMALL,
				OverheadPlan.of(Size.SMALL), versions(), List.of(new LeftOut("other", "a reason")),
				List.copyOf(this.forks));
	}

}
