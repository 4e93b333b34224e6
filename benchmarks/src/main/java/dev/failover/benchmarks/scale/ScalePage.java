package dev.failover.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.report.Table;
import dev.failover.benchmarks.run.Numbers;
import dev.failover.benchmarks.run.Size;

/**
 * The page of fleets.
 *
 * @param results what was measured
 */
record ScalePage(ScaleResults results) {

	private static final List<Integer> FLEETS = List.of(1, 10, 100, 1_000);

	private static final String HEAD = """
			# Many instances on one pair

			Written by the benchmarks, not by hand; every sample is in [scale.json](scale.json). All instances of a fleet run
			in one JVM, on real servers of the same machine.

			## What probes cost

			Each instance asks each node every 500 ms (the default) on one connection that it keeps and renews every 30 s.
			Measured on idle fleets, from the server's log (every statement was logged, which is part of the cost) and the
			processor time of the probes' sessions, logins included; for one instance.
			""";

	private static final double RENEWAL_SECONDS = 30;

	private static final String FLEET = """

			What that comes to for fleets, from the largest measured one:

			""";

	private static final String SPREAD = """

			## How far apart a fleet detects a loss

			Idle instances: each has its probes alone, no traffic that would make it look at once. Times from the fault to
			the instance's new route, in milliseconds. A killed server is found at an instance's next probe, so the interval
			of 500 ms spreads the fleet; all instances share two cores here.

			""";

	private static final String HERD = """

			## When all move at once

			Each instance has a pool of 10 and 10 threads that read, each 20 times a second at most. The primary is killed.
			By default the mirror's pool is as full as the primary's before anything happens: then a failover opens no
			connection at all. Where it is empty, HikariCP opens one connection after another in each pool, which paces a
			fleet by itself. What a full server refuses is *overloaded*, not *lost*: it moves no route.

			""";

	String render() {
		StringBuilder page = new StringBuilder(HEAD).append(window())
			.append(probes().render())
			.append(FLEET)
			.append(fleets().render());
		page.append(SPREAD).append(spreads().render()).append(HERD).append(herds().render());
		page.append("\n## Where\n\n- ").append(this.results.machine().describe()).append("\n- ");
		page.append(this.results.date()).append('\n');
		if (this.results.size() == Size.SMALL) {
			page.append("- A small run: it finds regressions, its figures are rough.\n");
		}
		return page.toString();
	}

	/**
	 * Logins are counted right only where each has been renewed meanwhile.
	 */
	private String window() {
		double seconds = this.results.probes().stream().mapToDouble(ProbeCost::seconds).min().orElse(0);
		return "Measured for " + Numbers.of(seconds, 0) + " s" + ((seconds > 2 * RENEWAL_SECONDS) ? ".\n\n"
				: ", which is too short to see each login renewed: once in 30 s is 0.033 a second for each instance.\n\n");
	}

	private Table probes() {
		List<List<String>> rows = new ArrayList<>();
		for (ProbeCost cost : this.results.probes()) {
			rows.add(List.of(cost.node(), Integer.toString(cost.instances()), Numbers.of(cost.queries(), 1),
					Numbers.of(cost.connections(), 2), Numbers.of(cost.logins(), 3),
					Numbers.of(cost.cpu() * 1_000, 2)));
		}
		return new Table(List.of("node", "instances measured", "queries a second", "connections", "logins a second",
				"ms of the server's processor a second"), rows);
	}

	private Table fleets() {
		int largest = this.results.probes().stream().mapToInt(ProbeCost::instances).max().orElseThrow();
		List<List<String>> rows = new ArrayList<>();
		for (ProbeCost cost : this.results.probes().stream().filter((one) -> one.instances() == largest).toList()) {
			for (int fleet : FLEETS) {
				rows.add(List.of(cost.node(), Numbers.of(fleet, 0), Numbers.of(cost.queries() * fleet, 0),
						Numbers.of(Math.ceil(cost.connections() * fleet), 0), Numbers.of(cost.logins() * fleet, 1),
						Numbers.of(cost.cpu() * fleet, 3)));
			}
		}
		return new Table(List.of("node", "instances", "queries a second", "connections", "logins a second",
				"cores of the server"), rows);
	}

	private Table spreads() {
		List<List<String>> rows = this.results.spreads()
			.stream()
			.map((spread) -> List.of(spread.fault(), Integer.toString(spread.instances()), millis(spread.within(0)),
					millis(spread.within(0.5)), millis(spread.within(0.95)), millis(spread.within(1)),
					Integer.toString(spread.changes())))
			.toList();
		return new Table(List.of("fault", "instances", "first", "half", "95 %", "all", "route changes"), rows);
	}

	private Table herds() {
		List<List<String>> rows = this.results.herds()
			.stream()
			.map((herd) -> List.of(herd.what(), Integer.toString(herd.instances()), Integer.toString(herd.wanted()),
					Integer.toString(herd.limit()), millis(herd.firstMillis()), millis(herd.wholeMillis()),
					Numbers.of(herd.failed(), 0), millis(herd.longestMillis()), Integer.toString(herd.changes())))
			.toList();
		return new Table(List.of("pools", "instances", "connections wanted", "admitted", "each instance works, ms",
				"each thread works, ms", "failed calls", "longest call, ms", "route changes"), rows);
	}

	private static String millis(double value) {
		return (value < 0) ? "never in 30 s" : Numbers.of(value, 0);
	}

}
