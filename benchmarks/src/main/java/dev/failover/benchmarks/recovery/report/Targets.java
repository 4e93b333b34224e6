package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Spread;

/**
 * What ours was meant to reach, and what it reached.
 *
 * @param result everything measured
 */
record Targets(Result result) {

	private static final String OURS = "ours";

	private static final String TUNED = "ours-tuned";

	/**
	 * The table as Markdown.
	 */
	String text() {
		List<String> rows = new ArrayList<>();
		whole(rows, OURS, "kill", 50, 0);
		for (Kind kind : Kind.values()) {
			row(rows, OURS, "kill", "longest call, " + kind.word(), (sample) -> sample.columns(kind).longest(), 100, 0);
		}
		for (String fault : List.of("freeze", "cut")) {
			whole(rows, OURS, fault, 1500, 1750);
			whole(rows, TUNED, fault, 500, 0);
		}
		for (String fault : this.result.faults()) {
			row(rows, OURS, fault, "writes whole after the promotion",
					(sample) -> sample.columns(Kind.WRITES).afterPromotion(), 100, 0);
		}
		return "| contender | fault | figure | target | measured, median (least – greatest) | met |\n"
				+ "|---|---|---|---|---:|---|\n" + String.join("", rows);
	}

	private void whole(List<String> rows, String contender, String fault, double median, double greatest) {
		row(rows, contender, fault, "reads whole", (sample) -> sample.columns(Kind.READS).whole(), median, greatest);
	}

	/**
	 * Add a row if there is something to say.
	 * @param median the greatest median
	 * @param greatest the greatest value, 0 for any
	 */
	private void row(List<String> rows, String contender, String fault, String figure,
			Function<Sample, @Nullable Double> value, double median, double greatest) {
		List<Sample> samples = this.result.samples(contender, fault);
		if (samples.isEmpty()) {
			return;
		}
		Spread spread = Spread.of(samples, value);
		boolean met = isAtMost(spread.median(), median) && (greatest == 0 || isAtMost(spread.greatest(), greatest));
		String target = "≤ " + Words.millis(median) + ((greatest > 0) ? ", never above " + Words.millis(greatest) : "");
		rows.add("| " + contender + " | " + fault + " | " + figure + " | " + target + " | " + Words.times(spread)
				+ " | " + (met ? "yes" : "**no**") + " |\n");
	}

	private static boolean isAtMost(@Nullable Double value, double limit) {
		return value != null && value <= limit;
	}

}
