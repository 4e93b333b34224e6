package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.run.Numbers;

/**
 * Finds regressions that no noise explains. Compared are the fastest iterations, which
 * other work on the machine disturbs least; and the margin is wide, for short
 * measurements on shared machines differ by ten per cent and more between equals. The
 * least that is allocated does not depend on the machine's load, so its margin is narrow.
 *
 * @param maxRatio how many times the bare pool's time getConnection/close may take
 * @param maxBytes how many bytes a call may allocate more than the bare pool's
 */
record RatioCheck(double maxRatio, double maxBytes) {

	static final RatioCheck MARGINS = new RatioCheck(1.25, 1);

	/**
	 * What is worse than it may be; empty if all is well.
	 */
	List<String> findings(OverheadResults results) {
		List<String> findings = new ArrayList<>();
		for (int threads : results.plan().threads()) {
			double ratio = results.fastestRatio(Failover.NAME, Operation.CONNECTION, threads);
			if (ratio > this.maxRatio) {
				findings.add(at(threads, Operation.CONNECTION) + " takes " + Numbers.of(ratio, 2)
						+ " times what it takes of HikariCP alone; at most " + Numbers.of(this.maxRatio, 2)
						+ " is allowed. Profile FailoverDataSource.getConnection, and measure again on a quiet machine");
			}
			for (Operation operation : Operation.values()) {
				double bytes = results.leastBytesAdded(Failover.NAME, operation, threads);
				if (bytes > this.maxBytes) {
					findings.add(at(threads, operation) + " allocates " + Numbers.of(bytes, 1)
							+ " bytes more than with HikariCP alone; at most " + Numbers.of(this.maxBytes, 1)
							+ " is allowed. Something is created on the path of each call");
				}
			}
		}
		return findings;
	}

	private static String at(int threads, Operation operation) {
		return "With " + threads + ((threads == 1) ? " thread, " : " threads, ") + operation.label();
	}

}
