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
			is measured. JMH runs each contender in JVMs of its own, round after round; in each round every contender has
			its turn, and every other round goes the other way. A round gives one time, the median of its iterations.
			**Against HikariCP** divides it by the time of HikariCP alone in the same round: the table gives the median of
			the rounds, with the smallest and the largest in brackets. The bracket is what the machine's noise does to equals.

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
		StringBuilder page = new StringBuilder(HEAD);
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
						.map((contender) -> this.results.ratio(contender, operation, threads).median())
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
			.append(" more for HikariCP alone and the starter; ")
			.append(plan.iterations())
			.append(" iterations of ")
			.append(plan.iterationMillis())
			.append(" ms each, after ")
			.append(plan.warmups())
			.append(" to warm up\n");
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
		return "overhead-" + operation.method() + ".svg";
	}

}
