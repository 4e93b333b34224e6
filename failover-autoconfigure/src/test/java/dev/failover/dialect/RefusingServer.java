package dev.failover.dialect;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
	 * Refuses an expression, or a whole statement, from now on.
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
		Object identity = new Object();
		return proxy(Connection.class, (method, arguments) -> switch (method) {
			case "createStatement" -> statement();
			case "isClosed" -> this.ended;
			case "hashCode" -> identity.hashCode();
			case "equals" -> arguments[0].hashCode() == identity.hashCode();
			default -> null;
		});
	}

	private List<String> execute(String sql) throws SQLException {
		this.executed.add(sql);
		List<String> expressions = sql.contains("select ")
				? List.of(sql.replaceFirst(".*select ", "").replaceFirst(";.*", "").split(", ")) : List.of(sql);
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

	/**
	 * Answers with the update counts of the statements before and after the query, as a
	 * driver does that executes several statements in one call.
	 */
	private Statement statement() {
		List<Object> results = new ArrayList<>();
		return proxy(Statement.class, (method, arguments) -> switch (method) {
			case "execute" -> {
				String sql = (String) arguments[0];
				List<String> expressions = execute(sql);
				for (String single : sql.split("; ")) {
					results.add(single.startsWith("select") ? expressions : 0);
				}
				yield results.get(0) instanceof List;
			}
			case "getUpdateCount" -> results.isEmpty() ? -1 : 0;
			case "getMoreResults" -> {
				results.remove(0);
				yield !results.isEmpty() && results.get(0) instanceof List;
			}
			case "getResultSet" -> row((List<?>) results.get(0));
			default -> null;
		});
	}

	private ResultSet row(List<?> expressions) {
		return proxy(ResultSet.class, (method, arguments) -> switch (method) {
			case "next" -> true;
			case "getString" -> value((String) expressions.get((Integer) arguments[0] - 1));
			default -> null;
		});
	}

	private static <T> T proxy(Class<T> type, Calls calls) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method,
				arguments) -> calls.answer(method.getName(), (arguments != null) ? arguments : new Object[0])));
	}

	/**
	 * Answers the calls of a proxy.
	 */
	private interface Calls {

		@Nullable Object answer(String method, Object[] arguments) throws SQLException;

	}

}
