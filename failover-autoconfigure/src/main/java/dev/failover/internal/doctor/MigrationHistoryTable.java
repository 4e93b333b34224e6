package dev.failover.internal.doctor;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.internal.doctor.MigrationHistory.Migration;
import org.jspecify.annotations.Nullable;

/**
 * Table in which Flyway keeps the migration history of a schema.
 * <p>
 * Source: the Flyway manual, "Schema history table": its default name, which Flyway
 * quotes, and its columns.
 *
 * @param schema schema of the table, or null for the schema of the connection
 * @param name name of the table
 */
public record MigrationHistoryTable(@Nullable String schema, String name) {

	/**
	 * Default name of the table.
	 */
	public static final String DEFAULT_NAME = "flyway_schema_history";

	/**
	 * Reads the history. Looks for the table first, so that a missing table does not
	 * leave an error in the server's log.
	 * @return the history, or null if it cannot be read on this connection
	 */
	@Nullable MigrationHistory read(Connection connection) throws SQLException {
		try {
			DatabaseMetaData database = connection.getMetaData();
			String schemaName = (this.schema != null) ? this.schema : connection.getSchema();
			return exists(connection, database, schemaName)
					? readTable(connection, database.getIdentifierQuoteString().strip(), schemaName)
					: new MigrationHistory(List.of());
		}
		catch (SQLException ex) {
			if (connection.isClosed()) {
				throw ex;
			}
			return null;
		}
	}

	private boolean exists(Connection connection, DatabaseMetaData database, @Nullable String schemaName)
			throws SQLException {
		String escape = database.getSearchStringEscape();
		String pattern = (schemaName != null) ? escaped(schemaName, escape) : null;
		try (ResultSet tables = database.getTables(connection.getCatalog(), pattern, escaped(this.name, escape),
				new String[] { "TABLE" })) {
			return tables.next();
		}
	}

	private MigrationHistory readTable(Connection connection, String quote, @Nullable String schemaName)
			throws SQLException {
		String table = ((schemaName != null) ? quoted(schemaName, quote) + "." : "") + quoted(this.name, quote);
		String columns = Stream.of("installed_rank", "version", "checksum", "success")
			.map((column) -> quoted(column, quote))
			.collect(Collectors.joining(", "));
		List<Migration> migrations = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select " + columns + " from " + table + " order by 1")) {
			while (row.next()) {
				migrations.add(new Migration(row.getInt(1), row.getString(2), row.getString(3), row.getBoolean(4)));
			}
		}
		return new MigrationHistory(migrations);
	}

	private static String quoted(String identifier, String quote) {
		return quote + (quote.isEmpty() ? identifier : identifier.replace(quote, quote + quote)) + quote;
	}

	private static String escaped(String text, String escape) {
		return text.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
	}

}
