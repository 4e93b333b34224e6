package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Spread;
import dev.failover.benchmarks.report.Table;
import org.jspecify.annotations.Nullable;

/**
 * What ours was meant to reach, and what it reached.
 *
 * @param result everything measured
 */
record Targets(Result result) {

	private static final String OURS = "ours";

	private static final String TUNED = "ours-tuned";

	private static final String NOTE = """

			A freeze or a cut with the early promotion has no target of its own for writes after the promotion with \
			defaults: the mirror is promoted before a probe's deadline could tell that the primary is lost, so writes go on \
			when it is told, as reads do. Where the promotion is late, they wait for nothing but the promotion.

			A killed server does not die in one moment where its machine is busy with the clients as well: the section of \
			the kill says when it was gone. A reset is the same without that.
			""";

	/**
	 * The table as Markdown.
	 */
	String text() {
		List<List<String>> rows = new ArrayList<>();
		for (String fault : List.of("kill", "reset")) {
			whole(rows, OURS, fault, Kind.READS, 50, 0);
			for (Kind kind : Kind.values()) {
				row(rows, OURS, fault, "longest call, " + kind.word(), (sample) -> sample.columns(kind).longest(), 100,
						0);
			}
		}
		for (String fault : List.of("freeze", "cut")) {
			for (Kind kind : Kind.values()) {
				whole(rows, OURS, fault, kind, 1500, 1750);
			}
			whole(rows, TUNED, fault, Kind.READS, 500, 0);
		}
		for (String fault : List.of("kill", "reset", "stop", "demotion", "freeze-late", "cut-late")) {
			afterPromotion(rows, OURS, fault);
		}
		afterPromotion(rows, TUNED, "freeze");
		afterPromotion(rows, TUNED, "cut");
		for (String fault : this.result.faults()) {
			promises(rows, fault);
		}
		return new Table(4,
				List.of("contender", "fault", "figure", "target", "measured, median (least – greatest)", "met"), rows)
			.render() + NOTE;
	}

	private void whole(List<List<String>> rows, String contender, String fault, Kind kind, double median,
			double greatest) {
		row(rows, contender, fault, kind.word() + " whole", (sample) -> sample.columns(kind).whole(), median, greatest);
	}

	private void afterPromotion(List<List<String>> rows, String contender, String fault) {
		row(rows, contender, fault, "writes whole after the promotion",
				(sample) -> sample.columns(Kind.WRITES).afterPromotion(), 100, 0);
	}

	/**
	 * Add the row of what no run of ours may ever do.
	 */
	private void promises(List<List<String>> rows, String fault) {
		List<Sample> samples = this.result.entrants(fault)
			.stream()
			.filter((entrant) -> entrant.name().startsWith(OURS))
			.flatMap((entrant) -> this.result.samples(entrant.name(), fault).stream())
			.toList();
		if (samples.isEmpty()) {
			return;
		}
		int worst = samples.stream()
			.mapToInt(
					(sample) -> sample.reads().stuck() + sample.writes().stuck() + sample.lost() + sample.duplicated())
			.sum();
		rows.add(List.of("all of ours", fault, "threads stuck, writes lost, writes duplicated", "0 in all runs",
				worst + " in " + samples.size() + " runs", verdict(worst == 0)));
	}

	/**
	 * Add a row if there is something to say.
	 * @param median the greatest median
	 * @param greatest the greatest value, 0 for any
	 */
	private void row(List<List<String>> rows, String contender, String fault, String figure,
			Function<Sample, @Nullable Double> value, double median, double greatest) {
		List<Sample> samples = this.result.samples(contender, fault);
		if (samples.isEmpty()) {
			return;
		}
		Spread spread = Spread.of(samples, value);
		boolean met = isAtMost(spread.median(), median) && (greatest == 0 || isAtMost(spread.greatest(), greatest));
		String target = "≤ " + Words.millis(median) + ((greatest > 0) ? ", never above " + Words.millis(greatest) : "");
		rows.add(List.of(contender, fault, figure, target, Words.times(spread), verdict(met)));
	}

	private static String verdict(boolean met) {
		return met ? "yes" : "**no**";
	}

	private static boolean isAtMost(@Nullable Double value, double limit) {
		return value != null && value <= limit;
	}

}
