package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.failover.stub.AnsweringProxy;
import org.jspecify.annotations.Nullable;

/**
 * Session of a server that prepares statements. Answers each select with its own text, or
 * with a given row.
 */
final class PreparingSession {

	private final List<String> executed = new ArrayList<>();

	private final Map<String, String> prepared = new HashMap<>();

	private final Map<String, @Nullable String> refused = new HashMap<>();

	private @Nullable List<String> row;

	private boolean closed;

	/**
	 * Returns what was sent in one call each.
	 */
	List<String> executed() {
		return this.executed;
	}

	/**
	 * Names of the statements that are prepared, and their texts.
	 */
	Map<String, String> prepared() {
		return this.prepared;
	}

	/**
	 * Refuses statements that begin with a text.
	 */
	void refuse(String text, @Nullable String sqlState) {
		this.refused.put(text, sqlState);
	}

	/**
	 * Answers each select with a row.
	 */
	void answer(String... values) {
		this.row = List.of(values);
	}

	void close() {
		this.closed = true;
	}

	Connection connection() {
		return AnsweringProxy.of(Connection.class, (method, arguments) -> switch (method) {
			case "createStatement" -> statement();
			case "isClosed" -> this.closed;
			default -> null;
		});
	}

	/**
	 * Answers with the update counts of the statements before and after the query, as a
	 * driver does that executes several statements in one call.
	 */
	private Statement statement() {
		List<String> results = new ArrayList<>();
		return AnsweringProxy.of(Statement.class, (method, arguments) -> switch (method) {
			case "execute" -> {
				this.executed.add((String) arguments[0]);
				for (String single : ((String) arguments[0]).split("; ")) {
					results.add(execute(single));
				}
				yield isRow(results);
			}
			case "getUpdateCount" -> results.isEmpty() ? -1 : 0;
			case "getMoreResults" -> {
				results.remove(0);
				yield isRow(results);
			}
			case "getResultSet" -> row(results.get(0));
			default -> null;
		});
	}

	private static boolean isRow(List<String> results) {
		return !results.isEmpty() && !results.get(0).isEmpty();
	}

	/**
	 * Returns the row of a statement, or an empty text for an update count.
	 */
	private String execute(String statement) throws SQLException {
		for (Map.Entry<String, @Nullable String> refusal : this.refused.entrySet()) {
			if (statement.startsWith(refusal.getKey())) {
				throw new SQLException("'" + statement + "' is refused", refusal.getValue());
			}
		}
		String[] words = statement.split(" ", 4);
		if (words[0].equals("prepare")) {
			if (this.prepared.putIfAbsent(words[1], words[3]) != null) {
				throw new SQLException(words[1] + " already exists", "42P05");
			}
			return "";
		}
		if (words[0].equals("execute")) {
			String text = this.prepared.get(words[1]);
			if (text == null) {
				throw new SQLException(words[1] + " does not exist", "26000");
			}
			return text;
		}
		return statement.startsWith("select ") ? statement : "";
	}

	private ResultSet row(String select) {
		List<String> values = (this.row != null) ? this.row : List.of(select);
		return AnsweringProxy.of(ResultSet.class, (method, arguments) -> switch (method) {
			case "next" -> true;
			case "getMetaData" -> AnsweringProxy.of(ResultSetMetaData.class, (name, none) -> values.size());
			case "getString" -> values.get((Integer) arguments[0] - 1);
			default -> null;
		});
	}

}
