package dev.failover.it.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Renders rows as the page {@code docs/faults.md}. Has no state and no side effects.
 */
final class FaultTable {

	private static final String HEAD = """
			# Measured faults

			The tests of `integration-tests` write this page (`FaultTableListener`): see [testing](testing.md).

			Each row ran on a real PostgreSQL primary and its streaming mirror, with 16 client threads: 8 write, 8 read,
			half of them in transactions, each calling again 5 ms after its last answer, through pools of 10 connections with
			a `connection-timeout` of 3 s, `failover.replication.max-lag=2s` and otherwise default settings; rows about pools,
			locks, delay, flapping and repetition set their own. Writes replicate synchronously. Where writes recover
			after the loss of the primary without its return, the database's own manager promoted the mirror after 1 s.
			Each row is the latest run of its scenario that passed; not all rows are from one run. The machine had two cores
			and ran other builds at the same time: the times are orders of magnitude.

			- **detected**: time from the fault to the first change of the route; in brackets, time from the first bad signal,
			  as the metric `failover.detection` reports it. A dash: the route did not change.
			- **reads recovered**, **writes recovered**: time from the fault until each client thread had succeeded again and
			  failed no more; 0 if no call was affected; a dash if a thread did not recover.
			- **failed**: calls that ended with an exception. A client calls again at once after a failure, so writes fail
			  as long as no node accepts them. **held**: calls that succeeded after more than 100 ms.
			- **lost**: acknowledged writes that the surviving database does not have.
			  **duplicated**: writes that it has twice.
			""";

	private static final List<String> COLUMNS = List.of("fault", "detected", "reads recovered", "writes recovered",
			"failed", "held", "lost", "duplicated", "route changes", "longest call");

	private FaultTable() {
	}

	static String render(List<FaultRow> rows) {
		StringBuilder page = new StringBuilder(HEAD);
		for (FaultGroup group : FaultGroup.values()) {
			List<FaultRow> own = rows.stream().filter((row) -> row.group() == group).toList();
			if (!own.isEmpty()) {
				page.append("\n## ").append(title(group)).append("\n\n").append(table(own));
			}
		}
		return page.toString();
	}

	private static String title(FaultGroup group) {
		String label = group.label();
		return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
	}

	private static String table(List<FaultRow> rows) {
		StringBuilder table = new StringBuilder(line(COLUMNS));
		table.append("| --- |").append(" ---: |".repeat(COLUMNS.size() - 1)).append('\n');
		rows.forEach((row) -> table.append(line(cells(row))));
		return table.toString();
	}

	private static List<String> cells(FaultRow row) {
		List<String> cells = new ArrayList<>();
		cells.add(row.fault());
		if (!row.reason().isEmpty()) {
			cells.add("cannot run: " + row.reason());
			return cells;
		}
		String signal = time(row, FaultRow.SIGNAL);
		cells.add(time(row, FaultRow.DETECTED) + (signal.equals("–") ? "" : " (" + signal + ")"));
		cells.add(time(row, FaultRow.READS));
		cells.add(time(row, FaultRow.WRITES));
		for (String column : List.of(FaultRow.FAILED, FaultRow.HELD, FaultRow.LOST, FaultRow.DUPLICATED,
				FaultRow.CHANGES)) {
			cells.add(Long.toString(row.number(column)));
		}
		cells.add(time(row, FaultRow.LONGEST));
		return cells;
	}

	private static String time(FaultRow row, String column) {
		if (!(row.values().get(column) instanceof Number millis)) {
			return "–";
		}
		double value = millis.doubleValue();
		if (value == 0) {
			return "0";
		}
		return (value < 1000) ? Math.max(1, Math.round(value)) + " ms"
				: String.format(Locale.ROOT, "%.2f s", value / 1000);
	}

	private static String line(List<String> cells) {
		return "| " + String.join(" | ", cells) + " |\n";
	}

}
