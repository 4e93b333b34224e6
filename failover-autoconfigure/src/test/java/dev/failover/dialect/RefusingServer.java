package dev.failover.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.failover.stub.AnsweringProxy;
import org.jspecify.annotations.Nullable;

/**
 * Server that refuses single expressions. The expressions are letters; each is answered
 * with a number, {@code a} with 10.
 */
final class RefusingServer {

	private final List<String> executed = new ArrayList<>();

	private final Map<String, @Nullable String> refused = new HashMap<>();

	private final Set<String> nulls = new HashSet<>();

	private boolean ended;

	/**
	 * Returns the statements of all connections.
	 */
	List<String> executed() {
		return this.executed;
	}

	/**
	 * Refuses an expression from now on.
	 */
	void refuse(String expression, @Nullable String sqlState) {
		this.refused.put(expression, sqlState);
	}

	void answer(String expression) {
		this.refused.remove(expression);
	}

	void answerNull(String expression) {
		this.nulls.add(expression);
	}

	/**
	 * Ends all connections after their next statement.
	 */
	void end() {
		this.ended = true;
	}

	Connection connect() {
		return AnsweringProxy.of(Connection.class, (method, arguments) -> switch (method) {
			case "createStatement" -> statement();
			case "isClosed" -> this.ended;
			default -> null;
		});
	}

	private List<String> execute(String sql) throws SQLException {
		this.executed.add(sql);
		List<String> expressions = List.of(sql.replaceFirst("select ", "").split(", "));
		for (String expression : expressions) {
			if (this.refused.containsKey(expression)) {
				throw new SQLException("'" + expression + "' is refused", this.refused.get(expression));
			}
		}
		return expressions;
	}

	private @Nullable String value(String expression) {
		return this.nulls.contains(expression) ? null : String.valueOf(10 + expression.charAt(0) - 'a');
	}

	private Statement statement() {
		return AnsweringProxy.of(Statement.class, (method, arguments) -> switch (method) {
			case "executeQuery" -> row(execute((String) arguments[0]));
			default -> null;
		});
	}

	private ResultSet row(List<?> expressions) {
		return AnsweringProxy.of(ResultSet.class, (method, arguments) -> switch (method) {
			case "next" -> true;
			case "getMetaData" -> AnsweringProxy.of(ResultSetMetaData.class, (name, none) -> expressions.size());
			case "getString" -> value((String) expressions.get((Integer) arguments[0] - 1));
			default -> null;
		});
	}

}
