package dev.failover.benchmarks.report;

import java.util.List;

/**
 * A table in Markdown: words to the left, numbers to the right. Pure.
 *
 * @param words how many columns have words, from the first on
 * @param columns names of the columns
 * @param rows cells of each row, as many as columns
 */
public record Table(int words, List<String> columns, List<List<String>> rows) {

	/**
	 * A table with names in its first column.
	 */
	public Table(List<String> columns, List<List<String>> rows) {
		this(1, columns, rows);
	}

	public Table {
		columns = List.copyOf(columns);
		rows = rows.stream().map(List::copyOf).toList();
		int width = columns.size();
		if (!rows.stream().allMatch((row) -> row.size() == width)) {
			throw new IllegalArgumentException("Each row needs " + width + " cells");
		}
	}

	public String render() {
		StringBuilder table = new StringBuilder(line(this.columns));
		table.append('|')
			.append(" --- |".repeat(this.words))
			.append(" ---: |".repeat(this.columns.size() - this.words))
			.append('\n');
		this.rows.forEach((row) -> table.append(line(row)));
		return table.toString();
	}

	private static String line(List<String> cells) {
		return "| " + String.join(" | ", cells.stream().map((cell) -> cell.replace("|", "\\|")).toList()) + " |\n";
	}

}
