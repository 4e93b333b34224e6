package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.report.Table;

/**
 * Says for each fault and column whether the best of our rows is first or tied, and lists
 * where it is behind.
 *
 * @param result everything measured
 */
record Standings(Result result) {

	private static final String TEXT = """
			Target: first or tied in every column, by the best of our rows. **first**: the lowest median of all. **tied**: \
			the medians are the same (times: within the 5 ms after which a client calls again), or our best run was no \
			worse than the worst of the best peer. **behind**: neither. Peers that were never whole do not count, for who \
			hangs fails no calls; nor does Druid for the first read on the mirror, where it reads before the fault as well.

			""";

	/**
	 * The table of all columns, and the list of those where ours is behind.
	 */
	String text() {
		List<Standing> all = this.result.faults().stream().flatMap(this::standings).toList();
		List<Standing> behind = all.stream().filter(Standing::isBehind).toList();
		StringBuilder text = new StringBuilder(TEXT).append(overview());
		text.append("\nBehind in ").append(behind.size()).append(" of ").append(all.size()).append(" columns");
		return text.append(behind.isEmpty() ? ".\n" : ":\n\n" + list(behind)).toString();
	}

	private Stream<Standing> standings(String fault) {
		return Stream.of(Kind.values())
			.flatMap((kind) -> Column.of(kind)
				.stream()
				.flatMap((column) -> Stream.ofNullable(Standing.of(this.result, fault, kind, column))));
	}

	private String overview() {
		List<String> titles = new ArrayList<>(List.of("clients", "fault"));
		Column.of(Kind.WRITES).forEach((column) -> titles.add(column.title()));
		List<List<String>> rows = new ArrayList<>();
		for (Kind kind : Kind.values()) {
			this.result.faults().forEach((fault) -> rows.add(row(fault, kind)));
		}
		return new Table(titles.size(), titles, rows).render();
	}

	private List<String> row(String fault, Kind kind) {
		List<String> row = new ArrayList<>(List.of(kind.word(), fault));
		List<Column> columns = Column.of(kind);
		for (Column title : Column.of(Kind.WRITES)) {
			row.add(columns.stream()
				.filter((column) -> column.title().equals(title.title()))
				.flatMap((column) -> Stream.ofNullable(Standing.of(this.result, fault, kind, column)))
				.map(Standing::verdict)
				.findFirst()
				.orElse(""));
		}
		return row;
	}

	private static String list(List<Standing> behind) {
		List<List<String>> rows = behind.stream()
			.map((standing) -> List.of(standing.fault(), standing.kind().word(), standing.column().title(),
					place(standing.column(), standing.ours()), place(standing.column(), standing.peer())))
			.toList();
		List<String> titles = List.of("fault", "clients", "column", "our best", "first");
		return new Table(titles.size(), titles, rows).render();
	}

	private static String place(Column column, Standing.Place place) {
		return place.title() + ", " + column.words(place.spread());
	}

}
