package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Spread;

/**
 * The table of one kind of clients through one fault.
 *
 * @param result everything measured
 * @param fault the fault
 * @param kind the clients
 */
record FaultTable(Result result, String fault, Kind kind) {

	/**
	 * The table as Markdown.
	 */
	String text() {
		List<Column> columns = columns();
		StringBuilder text = new StringBuilder("| " + this.kind.word() + " |");
		columns.forEach((column) -> text.append(' ').append(column.title()).append(" |"));
		text.append(" runs |\n|---|").append("---:|".repeat(columns.size() + 1)).append('\n');
		for (Entrant entrant : this.result.entrants(this.fault)) {
			text.append("| ").append(entrant.title()).append(" |");
			columns.forEach((column) -> text.append(' ').append(cell(column, entrant)).append(" |"));
			text.append(' ').append(samples(entrant).size()).append(" |\n");
		}
		return text.toString();
	}

	private List<Column> columns() {
		List<Column> columns = new ArrayList<>();
		columns.add(new Column("first success on the mirror", true, (sample) -> sample.columns(this.kind).first()));
		columns.add(new Column("all threads whole", true, (sample) -> sample.columns(this.kind).whole()));
		if (this.kind == Kind.WRITES) {
			columns
				.add(new Column("… after the promotion", true, (sample) -> sample.columns(this.kind).afterPromotion()));
		}
		columns.add(new Column("failed calls", false, (sample) -> Double.valueOf(sample.columns(this.kind).failed())));
		columns.add(new Column("longest call", true, (sample) -> sample.columns(this.kind).longest()));
		columns.add(new Column("threads stuck", false, (sample) -> Double.valueOf(sample.columns(this.kind).stuck())));
		if (this.kind == Kind.WRITES) {
			columns.add(new Column("lost", false, (sample) -> Double.valueOf(sample.lost())));
			columns.add(new Column("duplicated", false, (sample) -> Double.valueOf(sample.duplicated())));
		}
		return columns;
	}

	/**
	 * Set in bold where nobody is better.
	 */
	private String cell(Column column, Entrant entrant) {
		Spread spread = Spread.of(samples(entrant), column.value());
		String text = column.time() ? Words.times(spread) : Words.counts(spread);
		Double median = spread.median();
		return (median != null && isBest(column, median)) ? "**" + text + "**" : text;
	}

	private boolean isBest(Column column, double median) {
		return this.result.entrants(this.fault)
			.stream()
			.map((other) -> Spread.of(samples(other), column.value()).median())
			.noneMatch((other) -> other != null && other < median);
	}

	private List<Sample> samples(Entrant entrant) {
		return this.result.samples(entrant.name(), this.fault);
	}

	/**
	 * A column.
	 *
	 * @param title its title
	 * @param time whether it is a time
	 * @param value what a sample says
	 */
	private record Column(String title, boolean time, Function<Sample, @Nullable Double> value) {
	}

}
