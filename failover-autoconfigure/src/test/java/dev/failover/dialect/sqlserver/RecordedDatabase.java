package dev.failover.dialect.sqlserver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.failover.stub.AnsweringProxy;
import org.jspecify.annotations.Nullable;

/**
 * Database that answers expressions with values. An expression is known by its first
 * words.
 */
final class RecordedDatabase {

	private static final String CONSTANT = "select 1";

	private final Map<String, @Nullable String> values = new LinkedHashMap<>();

	private final Set<String> refused = new HashSet<>();

	private final List<String> executed = new ArrayList<>();

	/**
	 * Sets the value of the expression that begins with a text.
	 */
	RecordedDatabase answer(String expression, @Nullable String value) {
		this.refused.remove(expression);
		this.values.put(expression, value);
		return this;
	}

	/**
	 * Refuses an expression as a server does whose login has no permission.
	 */
	RecordedDatabase refuse(String expression) {
		this.values.put(expression, null);
		this.refused.add(expression);
		return this;
	}

	List<String> executed() {
		return this.executed;
	}

	Connection connect() {
		return AnsweringProxy.of(Connection.class, (method, arguments) -> switch (method) {
			case "createStatement" -> statement();
			case "isClosed" -> false;
			default -> null;
		});
	}

	private Statement statement() {
		return AnsweringProxy.of(Statement.class, (method, arguments) -> switch (method) {
			case "executeQuery" -> row(execute((String) arguments[0]));
			default -> null;
		});
	}

	/**
	 * Returns the values of the expressions in the order in which they are asked for.
	 */
	private List<@Nullable String> execute(String sql) throws SQLException {
		this.executed.add(sql);
		List<@Nullable String> row = new ArrayList<>();
		if (sql.startsWith(CONSTANT)) {
			row.add("1");
		}
		List<String> asked = this.values.keySet()
			.stream()
			.filter(sql::contains)
			.sorted(Comparator.comparing(sql::indexOf))
			.toList();
		for (String expression : asked) {
			if (this.refused.contains(expression)) {
				throw new SQLException("VIEW SERVER STATE permission was denied", "S0001", 300);
			}
			row.add(this.values.get(expression));
		}
		return row;
	}

	private static ResultSet row(List<@Nullable String> values) {
		return AnsweringProxy.of(ResultSet.class, (method, arguments) -> switch (method) {
			case "next" -> true;
			case "getMetaData" -> AnsweringProxy.of(ResultSetMetaData.class, (name, none) -> values.size());
			case "getString" -> values.get((Integer) arguments[0] - 1);
			default -> null;
		});
	}

}
