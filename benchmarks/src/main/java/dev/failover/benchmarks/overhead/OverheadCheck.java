package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.failover.benchmarks.run.RatioCheck;

/**
 * Finds regressions of the overhead. Compares the lower end of the confidence interval of
 * a ratio with a limit, because noise makes the interval wider, not higher. An overhead
 * of twice the margin, such as a proxy around each connection, is found even on a busy
 * machine. The lowest allocation does not depend on the load, so its limit is narrow.
 *
 * @param maxConnection greatest ratio of getConnection/close to the pool alone
 * @param maxStatement greatest ratio of a statement cycle
 * @param maxBytes most bytes of a call in addition to the pool alone
 */
record OverheadCheck(double maxConnection, double maxStatement, double maxBytes) {

	static final OverheadCheck MARGINS = new OverheadCheck(1.15, 1.1, 1);

	/**
	 * Returns one sentence for each value above its limit.
	 */
	List<String> findings(OverheadResults results) {
		List<String> findings = new ArrayList<>();
		for (int threads : results.plan().threads()) {
			for (Operation operation : Operation.values()) {
				String figure = operation.label() + ", threads: " + threads;
				double most = (operation == Operation.CONNECTION) ? this.maxConnection : this.maxStatement;
				new RatioCheck(figure + ", against HikariCP alone, lower end of the interval", most)
					.check(results.ratio(Contenders.FAILOVER, operation, threads).low())
					.map((finding) -> finding + ". Profile FailoverDataSource.getConnection")
					.ifPresent(findings::add);
				double bytes = results.leastBytesAdded(Contenders.FAILOVER, operation, threads);
				if (bytes > this.maxBytes) {
					findings.add(String.format(Locale.ROOT,
							"%s: a call allocates %.1f bytes more than with HikariCP alone, the limit is %.1f. "
									+ "The path of each call creates an object",
							figure, bytes, this.maxBytes));
				}
			}
		}
		return findings;
	}

}
