package dev.failover.benchmarks.recovery.report;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Setup;
import dev.failover.benchmarks.recovery.result.Spread;

/**
 * The report for readers.
 *
 * @param result everything measured
 */
record RecoveryPage(Result result) {

	private static final String METHOD = """
			A real PostgreSQL primary with a synchronous streaming mirror, started anew for each run; a TCP link in front \
			of each node, through which all contenders connect and which can fall silent. %d client threads write, %d read; \
			each calls, waits %d ms and calls again. A call is one `getConnection`, one statement, one `close`. When all \
			have been well for a second the fault strikes the primary, after up to a second more, which is another in each \
			repetition, lest it always strike in one phase of somebody's probes; ours waits for one of its own probes and \
			then for another part of its interval each time, so that its phases spread evenly. For all faults but the \
			demotion an external hand promotes the mirror %.1f s after the fault, as the quickest cluster manager would%s; \
			for the demotion the database's own manager switches over: it stops the primary, promotes the mirror and brings \
			the primary back as its read-only standby. Clients are watched for %d s, or until all have been well for 1.5 s. \
			Who was never whole in its first two runs is spared more of them.

			Contenders take turns on the same machine. Each has %d connections for its %d threads: one pool for both \
			where it routes by itself, else one pool of half the size for writes and one for reads. Reads begin at the \
			primary, so that the fault hits them (Druid spreads them over both). Logging is off for all.

			- The fault strikes with the last answer of the primary: to send a signal to all processes of a server \
			takes milliseconds, and until then it works.
			- **first success on the mirror**: from the fault to the end of the first call that the mirror answered.
			- **all threads whole**: from the fault until each thread had had a success begun after the fault on \
			the mirror (after a demotion, reads on either node), with no failure after it.
			- **after the promotion**: the same, from the moment at which the mirror was writable, seen on a connection \
			of its own every 2 ms.
			- **longest call**: a call that had not ended with the window counts with what it had lasted.
			- **threads stuck**: in a call for more than a second when the window ended.
			- **lost**: acknowledged writes that the survivor does not have. **duplicated**: writes that it has twice.
			- **never**: not within the window; a median is never if half the runs are.

			One row is no contender: it is told of the fault in the moment in which it begins to strike, and has a full pool \
			of warm sessions on the mirror. It bounds what any client can do: what it needs, the machine and the servers need.

			Figures are medians, with the least and the greatest of all runs. The best of a column is bold. \
			All samples are in [recovery.json](recovery.json); `--render` makes this page again from them.
			""";

	/**
	 * The page.
	 */
	String text() {
		StringBuilder page = new StringBuilder("# Time to recover\n\n");
		page.append(machine()).append('\n').append(method()).append('\n');
		page.append("## Targets\n\n").append(new Targets(this.result).text()).append('\n');
		page.append("## First or tied\n\n").append(new Standings(this.result).text()).append('\n');
		this.result.faults().forEach((fault) -> page.append(fault(fault)));
		page.append(contenders());
		return page.toString();
	}

	private String machine() {
		return String.format(Locale.ROOT,
				"Measured %s on %s. Size: %s. "
						+ "Runs that could not be played to their end: %d. Contenders skipped: %d.%n",
				this.result.date(), this.result.machine().describe(), this.result.setup().size(),
				this.result.broken().size(), this.result.skipped());
	}

	private String method() {
		Setup setup = this.result.setup();
		int threads = setup.writers() + setup.readers();
		return "## How it was measured\n\n"
				+ String.format(Locale.ROOT, METHOD, setup.writers(), setup.readers(), setup.paceMillis(),
						setup.promotionMillis() / 1000.0, late(setup), setup.windowMillis() / 1000, threads, threads);
	}

	private static String late(Setup setup) {
		return (setup.latePromotionMillis() == 0) ? "" : String.format(Locale.ROOT,
				" (%.1f s where the promotion is late, as of a usual one)", setup.latePromotionMillis() / 1000.0);
	}

	private String fault(String fault) {
		return "## " + capitalised(Words.fault(fault)) + "\n\n" + gone(fault)
				+ new FaultTable(this.result, fault, Kind.READS).text() + "\n"
				+ new FaultTable(this.result, fault, Kind.WRITES).text() + "\n![Outcomes over time](" + "recovery-"
				+ fault + ".svg)\n\n![Latency percentiles](recovery-" + fault + "-latency.svg)\n\n";
	}

	/**
	 * When the server was gone, where the fault ended it; else nothing.
	 */
	private String gone(String fault) {
		List<Sample> samples = this.result.samples()
			.stream()
			.filter((sample) -> sample.fault().equals(fault) && sample.gone() != null)
			.toList();
		return samples.isEmpty() ? ""
				: "The last process of the primary had ended " + Words.times(Spread.of(samples, Sample::gone))
						+ " after its last answer; until then its connections close one after another.\n\n";
	}

	private static String capitalised(String text) {
		return Character.toUpperCase(text.charAt(0)) + text.substring(1);
	}

	private String contenders() {
		StringBuilder text = new StringBuilder("## Settings of each contender\n\nAll that is not a default.\n\n");
		for (Entrant entrant : this.result.entrants()) {
			text.append("### ").append(entrant.title()).append("\n\n");
			if (entrant.skipped() != null) {
				text.append("Skipped: ").append(entrant.skipped()).append(".\n\n");
			}
			new TreeMap<>(entrant.versions())
				.forEach((name, version) -> text.append(name).append(' ').append(version).append(". "));
			text.append("\n\n```\n").append(String.join("\n", entrant.settings())).append("\n```\n\n");
		}
		return text.toString();
	}

}
