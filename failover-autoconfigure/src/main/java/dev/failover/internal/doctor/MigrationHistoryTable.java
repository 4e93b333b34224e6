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
 * The table in which Flyway keeps the history of a schema.
 * <p>
 * Source: the Flyway manual, "Schema history table": its default name, which it quotes,
 * and its columns.
 *
 * @param schema the schema it is in, or null for the connection's own
 * @param name its name
 */
public record MigrationHistoryTable(@Nullable String schema, String name) {

	/**
	 * The name that Flyway gives it unless told otherwise.
	 */
	public static final String DEFAULT_NAME = "flyway_schema_history";

	/**
	 * Read the history, without an error where there is none: it would be in the server's
	 * log each time.
	 * @return the history, or null if it cannot be read on this connection
	 */
	@Nullable MigrationHistory read(Connection connection) throws SQLException {
		try {
			DatabaseMetaData database = connection.getMetaData();
			String place = (this.schema != null) ? this.schema : connection.getSchema();
			return exists(connection, database, place)
					? readTable(connection, database.getIdentifierQuoteString().strip(), place)
					: new MigrationHistory(List.of());
		}
		catch (SQLException ex) {
			if (connection.isClosed()) {
				throw ex;
			}
			return null;
		}
	}

	private boolean exists(Connection connection, DatabaseMetaData database, @Nullable String place)
			throws SQLException {
		String escape = database.getSearchStringEscape();
		String pattern = (place != null) ? escaped(place, escape) : null;
		try (ResultSet tables = database.getTables(connection.getCatalog(), pattern, escaped(this.name, escape),
				new String[] { "TABLE" })) {
			return tables.next();
		}
	}

	private MigrationHistory readTable(Connection connection, String quote, @Nullable String place)
			throws SQLException {
		String table = ((place != null) ? quoted(place, quote) + "." : "") + quoted(this.name, quote);
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
