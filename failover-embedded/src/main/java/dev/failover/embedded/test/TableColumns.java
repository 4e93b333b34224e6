package dev.failover.embedded.test;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Columns of tables whose values number the rows, so that they differ after work was
 * repeated: columns that the database numbers, primary keys of one integer column, and
 * foreign keys that refer to these. For use by one thread.
 */
final class TableColumns {

	private static final Set<Integer> INTEGERS = Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC,
			Types.DECIMAL);

	private final Map<TableName, Set<String>> numbers = new HashMap<>();

	/**
	 * Returns the columns of a table that are not compared.
	 * @param rows rows of the table, with all columns
	 */
	Set<String> numbers(Connection connection, TableName table, ResultSetMetaData rows) throws SQLException {
		Set<String> known = this.numbers.get(table);
		if (known == null) {
			known = read(connection, table, rows);
			this.numbers.put(table, known);
		}
		return known;
	}

	private static Set<String> read(Connection connection, TableName table, ResultSetMetaData rows)
			throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		Set<String> keys = new HashSet<>();
		try (ResultSet key = metaData.getPrimaryKeys(connection.getCatalog(), table.schema(), table.name())) {
			while (key.next()) {
				keys.add(key.getString("COLUMN_NAME"));
			}
		}
		Set<String> numbers = new HashSet<>();
		for (int i = 1; i <= rows.getColumnCount(); i++) {
			String name = rows.getColumnName(i);
			boolean key = keys.size() == 1 && keys.contains(name) && INTEGERS.contains(rows.getColumnType(i));
			if (key || rows.isAutoIncrement(i)) {
				numbers.add(name);
			}
		}
		try (ResultSet foreign = metaData.getImportedKeys(connection.getCatalog(), table.schema(), table.name())) {
			while (foreign.next()) {
				if (INTEGERS.contains(type(rows, foreign.getString("FKCOLUMN_NAME")))) {
					numbers.add(foreign.getString("FKCOLUMN_NAME"));
				}
			}
		}
		return Set.copyOf(numbers);
	}

	private static int type(ResultSetMetaData rows, String column) throws SQLException {
		for (int i = 1; i <= rows.getColumnCount(); i++) {
			if (rows.getColumnName(i).equals(column)) {
				return rows.getColumnType(i);
			}
		}
		return Types.NULL;
	}

}
