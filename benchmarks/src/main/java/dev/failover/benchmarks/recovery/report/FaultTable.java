package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Spread;
import dev.failover.benchmarks.report.Table;

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
		List<Column> columns = Column.of(this.kind);
		List<String> titles = Stream
			.concat(Stream.concat(Stream.of(this.kind.word()), columns.stream().map(Column::title)), Stream.of("runs"))
			.toList();
		List<List<String>> rows = new ArrayList<>();
		for (Entrant entrant : this.result.entrants(this.fault)) {
			List<String> row = new ArrayList<>(List.of(entrant.title()));
			columns.forEach((column) -> row.add(cell(column, entrant)));
			row.add(String.valueOf(samples(entrant).size()));
			rows.add(row);
		}
		return new Table(titles, rows).render();
	}

	/**
	 * Set in bold where nobody is better.
	 */
	private String cell(Column column, Entrant entrant) {
		Spread spread = column.spread(samples(entrant));
		String text = column.words(spread);
		Double median = spread.median();
		boolean compared = entrant.competes() && column.compares().test(entrant);
		return (median != null && compared && isBest(column, median)) ? "**" + text + "**" : text;
	}

	private boolean isBest(Column column, double median) {
		return this.result.contenders(this.fault)
			.stream()
			.filter(column.compares())
			.map((other) -> column.spread(samples(other)).median())
			.noneMatch((other) -> other != null && other < median);
	}

	private List<Sample> samples(Entrant entrant) {
		return this.result.samples(entrant.name(), this.fault);
	}

}
