package dev.failover.stub;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Server that answers statements with rows that were recorded from a real one. What was
 * not recorded is refused with the code 1064, as a syntax error is.
 */
public final class RecordedServer {

	private final Map<String, List<Map<String, String>>> rows = new HashMap<>();

	private final Map<String, SQLException> errors = new HashMap<>();

	private final List<String> executed = new ArrayList<>();

	private boolean severalAtOnce = true;

	/**
	 * Records the rows for the statements that begin with a text, in place of those
	 * before.
	 * @param rows each with its columns as {@code name=value}, separated by line breaks
	 */
	public RecordedServer answer(String statement, String... rows) {
		this.errors.remove(statement);
		this.rows.put(statement, Arrays.stream(rows).map(RecordedServer::row).toList());
		return this;
	}

	private static Map<String, String> row(String text) {
		Map<String, String> row = new LinkedHashMap<>();
		text.strip()
			.lines()
			.map((column) -> column.strip().split("=", 2))
			.forEach((column) -> row.put(column[0], column[1]));
		return row;
	}

	/**
	 * Refuses the statements that begin with a text.
	 */
	public RecordedServer refuse(String statement, String state, int code) {
		this.rows.remove(statement);
		this.errors.put(statement, new SQLException("refused", state, code));
		return this;
	}

	/**
	 * Refuses several statements in one call, as servers do without a capability of the
	 * driver.
	 */
	public RecordedServer refuseSeveralAtOnce() {
		this.severalAtOnce = false;
		return this;
	}

	/**
	 * Returns what was executed, each call as one text, and forgets it.
	 */
	public List<String> takeExecuted() {
		List<String> taken = List.copyOf(this.executed);
		this.executed.clear();
		return taken;
	}

	/**
	 * Opens a connection.
	 * @param version version that the driver knows
	 */
	public Connection connect(String version) {
		return AnsweringProxy.of(Connection.class, (method, arguments) -> switch (method) {
			case "createStatement" -> statement();
			case "isClosed" -> false;
			case "getMetaData" -> AnsweringProxy.of(DatabaseMetaData.class, (name, none) -> version);
			default -> null;
		});
	}

	private Statement statement() {
		List<List<Map<String, String>>> results = new ArrayList<>();
		return AnsweringProxy.of(Statement.class, (method, arguments) -> switch (method) {
			case "execute" -> results.addAll(execute((String) arguments[0]));
			case "executeQuery" -> result(execute((String) arguments[0]).get(0));
			case "getResultSet" -> result(results.get(0));
			case "getMoreResults" -> {
				results.remove(0);
				yield !results.isEmpty();
			}
			default -> null;
		});
	}

	private List<List<Map<String, String>>> execute(String sql) throws SQLException {
		this.executed.add(sql);
		String[] statements = sql.split("; ");
		if (statements.length > 1 && !this.severalAtOnce) {
			throw new SQLException("syntax error near ';'", "42000", 1064);
		}
		List<List<Map<String, String>>> results = new ArrayList<>();
		for (String statement : statements) {
			results.add(find(statement));
		}
		return results;
	}

	private List<Map<String, String>> find(String statement) throws SQLException {
		for (Map.Entry<String, SQLException> error : this.errors.entrySet()) {
			if (statement.startsWith(error.getKey())) {
				throw error.getValue();
			}
		}
		for (Map.Entry<String, List<Map<String, String>>> recorded : this.rows.entrySet()) {
			if (statement.startsWith(recorded.getKey())) {
				return recorded.getValue();
			}
		}
		throw new SQLException("syntax error near '" + statement + "'", "42000", 1064);
	}

	private static ResultSet result(List<Map<String, String>> rows) {
		List<String> columns = rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
		int[] current = { -1 };
		return AnsweringProxy.of(ResultSet.class, (method, arguments) -> switch (method) {
			case "next" -> ++current[0] < rows.size();
			case "getString" -> rows.get(current[0]).get(columns.get((Integer) arguments[0] - 1));
			case "getMetaData" -> AnsweringProxy.of(ResultSetMetaData.class, (name,
					column) -> name.equals("getColumnCount") ? columns.size() : columns.get((Integer) column[0] - 1));
			default -> null;
		});
	}

}
