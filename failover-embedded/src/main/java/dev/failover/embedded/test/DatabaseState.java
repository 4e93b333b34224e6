package dev.failover.embedded.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.sql.DataSource;

/**
 * What all tables of a database contain, and what the test observes beside them.
 *
 * @param tables rows by the name of the table, each with its values by column; what is
 * observed is one row of a table of its own
 */
record DatabaseState(Map<String, List<Map<String, String>>> tables) {

	/**
	 * Reads the tables.
	 * @param ignored names of tables in lower case
	 */
	static DatabaseState read(DataSource dataSource, TableColumns columns, Set<String> ignored) throws SQLException {
		Map<String, List<Map<String, String>>> tables = new TreeMap<>();
		try (Connection connection = dataSource.getConnection()) {
			for (TableName table : TableName.all(connection)) {
				if (!ignored.contains(table.name().toLowerCase(Locale.ROOT))) {
					tables.put("table " + table.name(), rows(connection, table, columns));
				}
			}
		}
		return new DatabaseState(tables);
	}

	private static List<Map<String, String>> rows(Connection connection, TableName table, TableColumns columns)
			throws SQLException {
		List<Map<String, String>> all = new ArrayList<>();
		String quoted = table.quoted(connection.getMetaData().getIdentifierQuoteString());
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT * FROM " + quoted)) {
			ResultSetMetaData metaData = rows.getMetaData();
			Set<String> numbers = columns.numbers(connection, table, metaData);
			while (rows.next()) {
				Map<String, String> row = new TreeMap<>();
				for (int i = 1; i <= metaData.getColumnCount(); i++) {
					if (!numbers.contains(metaData.getColumnName(i))) {
						row.put(metaData.getColumnName(i), String.valueOf(rows.getString(i)));
					}
				}
				all.add(row);
			}
		}
		return all;
	}

	/**
	 * Returns a copy with something that the test observes.
	 */
	DatabaseState with(String name, String value) {
		Map<String, List<Map<String, String>>> all = new TreeMap<>(this.tables);
		all.put(name, List.of(Map.of("value", value)));
		return new DatabaseState(all);
	}

	/**
	 * Returns a copy without some columns.
	 * @param columns columns by the name of their table
	 */
	DatabaseState without(Map<String, Set<String>> columns) {
		Map<String, List<Map<String, String>>> all = new TreeMap<>(this.tables);
		columns.forEach((table, without) -> all.computeIfPresent(table, (key, rows) -> rows.stream().map((row) -> {
			Map<String, String> rest = new TreeMap<>(row);
			rest.keySet().removeAll(without);
			return rest;
		}).toList()));
		return new DatabaseState(all);
	}

	/**
	 * Returns the names of the tables of this state and another one.
	 */
	Set<String> names(DatabaseState other) {
		Set<String> names = new TreeSet<>(this.tables.keySet());
		names.addAll(other.tables.keySet());
		return names;
	}

	List<Map<String, String>> rows(String table) {
		return this.tables.getOrDefault(table, List.of());
	}

	/**
	 * Returns the values of a column in ascending order.
	 */
	List<String> values(String table, String column) {
		return rows(table).stream().map((row) -> String.valueOf(row.get(column))).sorted().toList();
	}

}
