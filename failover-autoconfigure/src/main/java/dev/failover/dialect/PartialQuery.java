package dev.failover.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

import dev.failover.dialect.Reading.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Query of independent expressions, of which a server may refuse some: for lack of a
 * permission, or because it does not know a function. An expression that was refused is
 * left out of later queries on the same connection; a new connection asks for all of them
 * again. As long as nothing is refused, one round trip answers all.
 * <p>
 * Thread-safe. The values are read as text.
 */
public final class PartialQuery {

	private final String before;

	private final List<Part> parts;

	private final String after;

	private final @Nullable String reset;

	private final Map<Connection, Map<Part, Refusal>> refused = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Creates a query of one statement, {@code select} and the expressions.
	 * @param parts the expressions
	 */
	public PartialQuery(List<Part> parts) {
		this("", parts, "", null);
	}

	/**
	 * Creates a query with statements around it, for a driver that executes several
	 * statements in one call.
	 * @param before text before {@code select}, such as statements that set the session
	 * @param parts the expressions
	 * @param after text after the last expression
	 * @param reset statement to execute after an error, or null
	 */
	public PartialQuery(String before, List<Part> parts, String after, @Nullable String reset) {
		this.before = before;
		this.parts = List.copyOf(parts);
		this.after = after;
		this.reset = reset;
	}

	/**
	 * Executes the query.
	 * @throws SQLException if the server refuses a required expression, or the connection
	 * is lost
	 */
	public Answers read(Connection connection) throws SQLException {
		Map<Part, Refusal> known = this.refused.computeIfAbsent(connection, (added) -> new HashMap<>());
		List<Part> asked = this.parts.stream().filter((part) -> !known.containsKey(part)).toList();
		Map<String, String> values = new LinkedHashMap<>();
		ask(connection, asked, values, known);
		return new Answers(values, List.copyOf(known.values()));
	}

	/**
	 * Asks for some parts. If that fails, asks for each half of them, so that few round
	 * trips find the parts that are refused.
	 */
	private void ask(Connection connection, List<Part> asked, Map<String, String> values, Map<Part, Refusal> known)
			throws SQLException {
		try {
			execute(connection, asked, values);
		}
		catch (SQLException ex) {
			reset(connection, ex);
			if (asked.size() > 1) {
				int half = asked.size() / 2;
				ask(connection, asked.subList(0, half), values, known);
				ask(connection, asked.subList(half, asked.size()), values, known);
				return;
			}
			Part part = asked.get(0);
			if (part.consequence() == null) {
				throw ex;
			}
			known.put(part, new Refusal(part.name(), ex.getSQLState() + " " + ex.getMessage(), part.consequence()));
		}
	}

	private void execute(Connection connection, List<Part> asked, Map<String, String> values) throws SQLException {
		List<String> expressions = new ArrayList<>();
		asked.forEach((part) -> expressions.add(part.expression()));
		String sql = this.before + "select " + String.join(", ", expressions) + this.after;
		try (Statement statement = connection.createStatement()) {
			boolean rows = statement.execute(sql);
			while (!rows && statement.getUpdateCount() != -1) {
				rows = statement.getMoreResults();
			}
			try (ResultSet row = statement.getResultSet()) {
				row.next();
				for (int i = 0; i < asked.size(); i++) {
					String value = row.getString(i + 1);
					if (value != null) {
						values.put(asked.get(i).name(), value);
					}
				}
			}
		}
	}

	/**
	 * Prepares the connection for another question after an error. Fails with that error
	 * if it cannot be asked any more, or had no SQLState, so that no server sent it.
	 */
	private void reset(Connection connection, SQLException error) throws SQLException {
		String state = error.getSQLState();
		if (state == null || state.startsWith("08") || state.startsWith("57P") || connection.isClosed()) {
			throw error;
		}
		if (this.reset != null) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(this.reset);
			}
			catch (SQLException ex) {
				error.addSuppressed(ex);
				throw error;
			}
		}
	}

	/**
	 * Expression of a query.
	 *
	 * @param name name for {@link Answers#get} and for people
	 * @param expression SQL expression with one value
	 * @param consequence what is not known if the server refuses it, and the remedy, in
	 * sentences; null if it is required
	 */
	public record Part(String name, String expression, @Nullable String consequence) {

	}

	/**
	 * Answers of a server.
	 *
	 * @param values values by the name of their part; null values are left out
	 * @param refusals parts that the server refused on this connection
	 */
	public record Answers(Map<String, String> values, List<Refusal> refusals) {

		public Answers {
			values = Map.copyOf(values);
			refusals = List.copyOf(refusals);
		}

		/**
		 * Returns the value of a part, or null if it is null or was refused.
		 */
		public @Nullable String get(String part) {
			return this.values.get(part);
		}

		/**
		 * Returns the value of a part as a number, or null if it is null or was refused.
		 */
		public @Nullable Long number(String part) {
			String value = get(part);
			return (value != null) ? Long.valueOf(value) : null;
		}

	}

}
