package dev.failover.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.failover.benchmarks.report.BarChart;
import dev.failover.benchmarks.report.Table;
import dev.failover.benchmarks.run.Numbers;
import dev.failover.benchmarks.run.Size;

/**
 * The page and the charts of overhead.
 *
 * @param results what was measured
 */
record OverheadPage(OverheadResults results) {

	private static final String HEAD = """
			# What a call costs

			Written by the benchmarks, not by hand; every sample is in [overhead.json](overhead.json).

			Each contender is built over a JDBC driver that answers from memory at once, so that only the way to the driver
			is measured. In each JVM that JMH starts, HikariCP alone and others take short turns: there and back again, block
			after block, so that what the machine does meanwhile hits all alike. Each calls through a copy of the loop that is
			compiled for it alone. **Against HikariCP** is the median of the ratios within blocks, over several JVMs, because
			no two compile alike; in brackets the interval in which 95 of 100 repetitions would have it, by the bootstrap over
			JVMs and blocks. An interval with 1 in it means: no difference could be told. HikariCP alone, the starter and
			dynamic-datasource, the close ones, share JVMs and get more of them.

			- **getConnection/close** borrows a connection and gives it back.
			- **statement cycle** borrows a connection, prepares `select 1`, executes it, reads the answer and closes all.
			- **ns** is the time of one call of one thread; with more threads than cores, threads wait for cores, too.
			- **calls a second** is of all threads together, computed from it.
			- **bytes** is what a call allocates on the heap, as JMH's GC profiler has it, and how much of it HikariCP
			  alone does not allocate.
			""";

	private static final String NOTES = """

			## How to read it

			- `LazyConnectionDataSourceProxy` and the starter with offloaded reads fetch no connection until the first
			  statement: getConnection/close never reaches their pool, which the statement cycle does.
			- Where a contender brings a pool of its own, that pool is measured. All others stand on HikariCP with its
			  defaults.
			- With more threads than cores, a thread can lose its core between borrowing a connection and giving it back. Others
			  then find their last connection in use and look through the whole pool, and two threads may go on taking
			  connections from each other. A pool keeps such a habit for a while: turns of the same contender differ by
			  factors, and the interval shows what is left of that.
			- The stub is silent about time on the network: a real statement takes 100,000 ns and more, so a real
			  application sees less of these differences than this page does.
			""";

	void write(Path out) throws IOException {
		Files.writeString(out.resolve("overhead.md"), render());
		for (Operation operation : Operation.values()) {
			chart(operation).write(out.resolve(chartFile(operation)));
		}
	}

	String render() {
		StringBuilder page = new StringBuilder(HEAD).append(new OverheadTargets(this.results).text());
		for (Operation operation : Operation.values()) {
			page.append("\n## ")
				.append(title(operation))
				.append("\n\n![")
				.append(operation.label())
				.append("](")
				.append(chartFile(operation))
				.append(")\n");
			for (int threads : this.results.plan().threads()) {
				page.append("\n### ")
					.append(threads)
					.append((threads == 1) ? " thread" : " threads")
					.append("\n\n")
					.append(table(operation, threads).render());
			}
		}
		return page.append(NOTES).append(ending()).toString();
	}

	private Table table(Operation operation, int threads) {
		List<List<String>> rows = new ArrayList<>();
		List<String> measured = this.results.contenders()
			.stream()
			.filter((contender) -> this.results.measured(contender, threads))
			.toList();
		for (String contender : measured) {
			double nanos = this.results.nanos(contender, operation, threads).median();
			rows.add(List.of(contender, this.results.ratio(contender, operation, threads).describe(2),
					Numbers.of(nanos, (nanos < 1_000) ? 1 : 0),
					Numbers.of(threads * (double) TimeUnit.SECONDS.toNanos(1) / nanos, 0),
					Numbers.of(this.results.bytes(contender, operation, threads).median(), 0),
					Numbers.of(this.results.bytesAdded(contender, operation, threads), 1)));
		}
		return new Table(List.of("contender", "against HikariCP", "ns", "calls a second", "bytes", "of these added"),
				rows);
	}

	private BarChart chart(Operation operation) {
		List<String> whole = this.results.contenders()
			.stream()
			.filter((contender) -> this.results.plan()
				.threads()
				.stream()
				.allMatch((threads) -> this.results.measured(contender, threads)))
			.toList();
		Map<String, List<Double>> series = new LinkedHashMap<>();
		for (int threads : this.results.plan().threads()) {
			series.put(threads + ((threads == 1) ? " thread" : " threads"),
					whole.stream()
						.map((contender) -> this.results.ratio(contender, operation, threads).middle())
						.toList());
		}
		return new BarChart(operation.label() + ", against HikariCP alone", "times the time of HikariCP alone", whole,
				series);
	}

	private String ending() {
		StringBuilder ending = new StringBuilder();
		if (!this.results.leftOut().isEmpty()) {
			ending.append("\n## Left out\n\n");
			this.results.leftOut()
				.forEach((left) -> ending.append("- ")
					.append(left.contender())
					.append(": ")
					.append(left.reason())
					.append('\n'));
		}
		OverheadPlan plan = this.results.plan();
		ending.append("\n## Where and how much\n\n")
			.append("- ")
			.append(this.results.machine().describe())
			.append('\n')
			.append("- ")
			.append(this.results.date())
			.append('\n')
			.append("- ")
			.append(plan.rounds())
			.append(" rounds, and ")
			.append(plan.closeRounds())
			.append(" more for the close ones; ")
			.append(plan.iterations())
			.append(" blocks of turns of ")
			.append(plan.iterationMillis())
			.append(" ms, of the close ones ")
			.append(plan.closeIterations())
			.append(", after ")
			.append(plan.warmups())
			.append(" longer blocks to warm up\n");
		if (this.results.size() == Size.SMALL) {
			ending.append("- A small run: it finds regressions, its figures are rough.\n");
		}
		return ending.append("\n## Versions\n\n").append(versions()).toString();
	}

	private String versions() {
		List<List<String>> versions = this.results.versions()
			.entrySet()
			.stream()
			.map((entry) -> List.of(entry.getKey(), entry.getValue()))
			.toList();
		return new Table(List.of("contender", "version of its library"), versions).render();
	}

	private static String title(Operation operation) {
		return operation.label().substring(0, 1).toUpperCase(Locale.ROOT) + operation.label().substring(1);
	}

	private static String chartFile(Operation operation) {
		return "overhead-" + operation.word() + ".svg";
	}

}
