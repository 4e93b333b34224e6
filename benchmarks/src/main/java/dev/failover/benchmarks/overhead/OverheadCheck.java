package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.run.Numbers;
import dev.failover.benchmarks.run.RatioCheck;

/**
 * Finds regressions that no noise explains. Held against the margin is the lower end of
 * the interval of the paired ratio, which a noisy machine makes wider, not higher. So
 * what makes a call slower by twice the margin is found even on a busy machine: a proxy
 * around each connection does. The least that is allocated does not depend on the
 * machine's load, so its margin is narrow.
 *
 * @param maxConnection how many times the bare pool's time getConnection/close may take
 * @param maxStatement how many times its time a statement cycle may take
 * @param maxBytes how many bytes a call may allocate more than the bare pool's
 */
record OverheadCheck(double maxConnection, double maxStatement, double maxBytes) {

	static final OverheadCheck MARGINS = new OverheadCheck(1.15, 1.1, 1);

	/**
	 * What is worse than it may be; empty if all is well.
	 */
	List<String> findings(OverheadResults results) {
		List<String> findings = new ArrayList<>();
		for (int threads : results.plan().threads()) {
			for (Operation operation : Operation.values()) {
				String at = "With " + threads + ((threads == 1) ? " thread, " : " threads, ") + operation.label();
				new RatioCheck(at + " against HikariCP alone, lower end of the interval", most(operation))
					.check(results.ratio(Failover.NAME, operation, threads).low())
					.map((finding) -> finding + ". Profile FailoverDataSource.getConnection")
					.ifPresent(findings::add);
				double bytes = results.leastBytesAdded(Failover.NAME, operation, threads);
				if (bytes > this.maxBytes) {
					findings.add(at + " allocates " + Numbers.of(bytes, 1)
							+ " bytes more than with HikariCP alone; at most " + Numbers.of(this.maxBytes, 1)
							+ " is allowed. Something is created on the path of each call");
				}
			}
		}
		return findings;
	}

	private double most(Operation operation) {
		return (operation == Operation.CONNECTION) ? this.maxConnection : this.maxStatement;
	}

}
