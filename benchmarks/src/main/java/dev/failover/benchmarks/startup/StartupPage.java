package dev.failover.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.failover.benchmarks.report.Table;
import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Numbers;
import dev.failover.benchmarks.run.Samples;
import dev.failover.benchmarks.run.Size;

/**
 * The page of the starter's static cost.
 *
 * @param results what was measured
 */
record StartupPage(StartupResults results) {

	private static final String HEAD = """
			# What the starter costs once

			Written by the benchmarks, not by hand; every sample is in [startup.json](startup.json).

			The smallest Spring Boot application with a data source is started in a JVM of its own, again and again, in turn
			with the starter and without it: **plain Boot** means that neither the starter nor Resilience4j is on the class
			path; **starter turned off** that they are, with `failover.enabled=false`: what the class path alone costs; **routed
			by hand** what articles show instead: two pools, a registry of breakers and a routing data source of the
			application's own, which probes nothing and starts its pools when they are asked for. The
			database is a JDBC driver that answers from memory at once, so that no start waits for a node. All run with
			`-XX:MetaspaceSize=128m`: by default the JVM collects garbage, for 70 ms, when 21 MB of metadata are there for
			the first time. Plain Boot has as much just after it is ready, so that whatever is added to it seems to cost
			those 70 ms; a larger application has it long before, with the starter or without.

			- **context ready** is the time that `SpringApplication.run` takes.
			- **work of the starting thread** is the processor time of the thread that starts the application, until then. Other
			  work on the machine disturbs it less than it disturbs the clock.
			- **work of the whole JVM** is the processor time of all its threads until then, from its beginning: also that of the
			  compiler and of the threads that the starter starts.
			- **first statement answered** counts from the same moment. Plain Boot opens its pool only now; the starter begins
			  to put its engine together when the context is ready, and waits here until each node has said what it is.
			- **heap** is what one more such application keeps: in one JVM, %d of them are started after a few that pay for
			  what all share; the heap in use after full garbage collections, before and after, is divided by their number.
			  Every pool has all its ten connections, which in the stub are small. **threads** are counted likewise.

			Each cell is a median, with the smallest and the largest sample in brackets; what is **added** to plain Boot is the
			median of the differences within rounds, in each of which every build has its turn, with the interval in which 95
			of 100 repetitions would have it (bootstrap).

			""";

	private static final double BUDGET_MILLIS = 50;

	void write(Path out) throws IOException {
		Files.writeString(out.resolve("startup.md"), render());
	}

	String render() {
		List<BuildResult> builds = this.results.builds();
		List<List<String>> rows = new ArrayList<>(
				List.of(row(builds, "context ready, ms", BuildResult::starts, Start::readyMillis, 0),
						row(builds, "work of the starting thread, ms", BuildResult::starts, Start::workMillis, 0),
						row(builds, "work of the whole JVM, ms", BuildResult::starts, Start::jvmMillis, 0),
						row(builds, "first statement answered, ms", BuildResult::starts, Start::answeredMillis, 0),
						row(builds, "heap, kB", BuildResult::memories, Memory::heapKilobytes, 0),
						row(builds, "threads", BuildResult::memories, Memory::threads, 1)));
		Interval added = this.results.readyAdded();
		return HEAD.formatted(MemoryChild.COUNTED) + new Table(titles(builds), rows).render() + "\nThe starter adds "
				+ added.describe(0) + " ms until the context is ready; its budget is " + Numbers.of(BUDGET_MILLIS, 0)
				+ " ms: " + ((added.middle() <= BUDGET_MILLIS) ? "met" : "**missed**") + ".\n" + ending();
	}

	private static List<String> titles(List<BuildResult> builds) {
		List<String> titles = new ArrayList<>(List.of(""));
		builds.forEach((build) -> titles.add(build.build().label()));
		builds.stream()
			.filter((build) -> build.build() != Build.PLAIN)
			.forEach((build) -> titles.add("added, " + build.build().label()));
		return titles;
	}

	private <T> List<String> row(List<BuildResult> builds, String name, Function<BuildResult, List<T>> measured,
			Function<T, Double> quantity, int decimals) {
		List<String> row = new ArrayList<>(List.of(name));
		builds.forEach((build) -> row
			.add(new Samples(measured.apply(build).stream().map(quantity).toList()).describe(decimals)));
		builds.stream()
			.filter((build) -> build.build() != Build.PLAIN)
			.forEach((build) -> row.add(this.results.added(build, measured, quantity).describe(decimals)));
		return row;
	}

	private String ending() {
		StringBuilder ending = new StringBuilder("\n## Where and how much\n\n");
		ending.append("- ")
			.append(this.results.machine().describe())
			.append("\n- ")
			.append(this.results.date())
			.append("\n- ")
			.append(this.results.plan().starts())
			.append(" starts of each, ")
			.append(this.results.plan().memories())
			.append(" measurements of memory\n");
		this.results.versions()
			.forEach((name, version) -> ending.append("- ").append(name).append(' ').append(version).append('\n'));
		if (this.results.size() == Size.SMALL) {
			ending.append("- A small run: its figures are rough.\n");
		}
		return ending.toString();
	}

}
