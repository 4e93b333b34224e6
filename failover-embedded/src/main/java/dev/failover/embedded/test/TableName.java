package dev.failover.embedded.test;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Name of a table.
 *
 * @param schema name of its schema, or null if the database has none
 * @param name name in the schema
 */
record TableName(@Nullable String schema, String name) {

	private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "mysql", "sys",
			"performance_schema");

	/**
	 * Returns the names of all tables of a database but the system's own.
	 */
	static List<TableName> all(Connection connection) throws SQLException {
		List<TableName> names = new ArrayList<>();
		DatabaseMetaData metaData = connection.getMetaData();
		try (ResultSet tables = metaData.getTables(connection.getCatalog(), null, "%", new String[] { "TABLE" })) {
			while (tables.next()) {
				TableName name = new TableName(tables.getString("TABLE_SCHEM"), tables.getString("TABLE_NAME"));
				if (!name.isSystem()) {
					names.add(name);
				}
			}
		}
		return names;
	}

	private boolean isSystem() {
		return this.schema != null && SYSTEM.contains(this.schema.toLowerCase(Locale.ROOT));
	}

	String quoted(String quote) {
		String quoted = quote + this.name + quote;
		return (this.schema != null) ? quote + this.schema + quote + "." + quoted : quoted;
	}

}
