package dev.failover.embedded.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * First difference between two states of the database. The order of rows does not matter.
 *
 * @param table name of the table
 * @param added rows that only the first state has
 * @param missing rows that only the second state has
 * @param counts number of rows in each state
 */
record StateDifference(String table, List<Map<String, String>> added, List<Map<String, String>> missing,
		List<Integer> counts) {

	static Optional<StateDifference> between(DatabaseState state, DatabaseState reference) {
		return state.names(reference)
			.stream()
			.map((table) -> new StateDifference(table, minus(state.rows(table), reference.rows(table)),
					minus(reference.rows(table), state.rows(table)),
					List.of(state.rows(table).size(), reference.rows(table).size())))
			.filter((difference) -> !difference.added.isEmpty() || !difference.missing.isEmpty())
			.findFirst();
	}

	private static List<Map<String, String>> minus(List<Map<String, String>> rows, List<Map<String, String>> others) {
		List<Map<String, String>> rest = new ArrayList<>(rows);
		others.forEach(rest::remove);
		return rest;
	}

	/**
	 * Returns a text such as {@code table orders has 2 rows where the undisturbed run has
	 * 1}.
	 * @param reference describes the second state, such as
	 * {@code the undisturbed run has}
	 */
	String describe(String reference) {
		int count = this.counts.get(0);
		int expected = this.counts.get(1);
		if (count != expected) {
			return this.table + " has " + count + ((count == 1) ? " row" : " rows") + " where " + reference + " "
					+ expected;
		}
		Set<String> columns = new TreeSet<>();
		for (int i = 0; i < Math.min(this.added.size(), this.missing.size()); i++) {
			Map<String, String> other = this.missing.get(i);
			this.added.get(i).forEach((column, value) -> {
				if (!value.equals(other.get(column))) {
					columns.add(column);
				}
			});
		}
		return this.table + " has " + values(this.added, columns) + " where " + reference + " "
				+ values(this.missing, columns);
	}

	private static String values(List<Map<String, String>> rows, Set<String> columns) {
		return rows.stream()
			.map((row) -> columns.stream()
				.map((column) -> column + " = " + row.get(column))
				.collect(Collectors.joining(", ")))
			.collect(Collectors.joining("; "));
	}

	/**
	 * Returns what the difference means for work that was done.
	 */
	String meaning() {
		if (this.missing.isEmpty()) {
			return "done twice";
		}
		return this.added.isEmpty() ? "lost" : "not what was to be done";
	}

}
