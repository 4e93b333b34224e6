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

			The tests of `integration-tests` write this page (`FaultTableListener`). Do not edit it by hand: see [testing](testing.md).

			Each row is one run on a real PostgreSQL primary and its streaming mirror:

			- 16 client threads call again 5 ms after each answer. 8 write, 8 read, half of them in transactions.
			- The pools have 10 connections and a `connection-timeout` of 3 s. `failover.replication.max-lag` is 2 s, all else is the
			  default. Rows about pools, locks, delay, flapping and repetition set what they are about.
			- Replication is synchronous. Where the primary is lost and does not return, the cluster manager promotes the mirror after 1 s.
			- Each row is the latest run of its scenario that passed. The two cores were shared with other builds: read the times as orders
			  of magnitude.

			| column | meaning |
			| --- | --- |
			| detected | time from the fault to the first change of the route; in brackets, from the first bad signal (`failover.detection`). A dash: the route did not change |
			| reads recovered, writes recovered | time from the fault until every client thread had succeeded again and did not fail any more; 0 if no call was affected; a dash if a thread did not recover |
			| failed | calls that ended with an exception. A client that fails calls again at once, so failing writes add up while no node accepts them |
			| held | calls that succeeded after more than 100 ms |
			| lost, duplicated | acknowledged writes that the surviving database lacks; writes that it has twice |
			| route changes | changes of the route |
			| longest call | the longest call of all |
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
