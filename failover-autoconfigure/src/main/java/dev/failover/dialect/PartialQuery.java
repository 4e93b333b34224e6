package dev.failover.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

import dev.failover.dialect.Reading.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Query of independent expressions, of which a server may refuse some: for lack of a
 * permission, or because it does not know a function. An expression that was refused is
 * left out of later queries on the same connection; a new connection asks for all of them
 * again. As long as nothing is refused, one round trip answers all.
 * <p>
 * An error of the moment, such as a cancelled statement, is not remembered. If no
 * expression is answered, the error is not about them: the query fails with it. An
 * expression that every server answers, such as a constant, tells a server that refuses
 * all others from such an error, if it is required and comes first.
 * <p>
 * Thread-safe. The values are read as text.
 */
public final class PartialQuery {

	/** Classes of SQLState of errors that say nothing about an expression. */
	private static final Set<String> MOMENTARY = Set.of("40", "53", "57", "58");

	private final Execution execution;

	private final List<Part> parts;

	private final Map<Connection, Map<Part, Refusal>> refused = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Creates a query that is sent as it is.
	 * @param parts the expressions
	 */
	public PartialQuery(List<Part> parts) {
		this(new PlainExecution(), parts);
	}

	/**
	 * Creates a query.
	 * @param execution executes {@code select} and the expressions
	 * @param parts the expressions
	 */
	public PartialQuery(Execution execution, List<Part> parts) {
		this.execution = execution;
		this.parts = List.copyOf(parts);
	}

	/**
	 * Executes the query.
	 * @throws SQLException if the server answers no expression or refuses a required one,
	 * or the connection is lost
	 */
	public Answers read(Connection connection) throws SQLException {
		Map<Part, Refusal> known = this.refused.computeIfAbsent(connection, (added) -> new LinkedHashMap<>());
		List<Part> asked = this.parts.stream().filter((part) -> !known.containsKey(part)).toList();
		Questions questions = new Questions(connection);
		questions.ask(asked);
		SQLException first = questions.firstError;
		if (first != null && questions.errors.size() == asked.size()) {
			throw first;
		}
		List<Refusal> refusals = new ArrayList<>(known.values());
		questions.errors.forEach((part, error) -> {
			Refusal refusal = part.refusal(error);
			refusals.add(refusal);
			if (isLasting(error)) {
				known.put(part, refusal);
			}
		});
		return new Answers(questions.values, refusals);
	}

	/**
	 * Returns whether a part would meet the error again: it is not a rollback of the
	 * transaction, a lack of resources, an intervention of an operator or an error of the
	 * system.
	 */
	private static boolean isLasting(SQLException error) {
		String state = error.getSQLState();
		return state != null && !MOMENTARY.contains(state.substring(0, Math.min(2, state.length())));
	}

	/**
	 * Questions of one execution of the query.
	 */
	private final class Questions {

		private final Connection connection;

		private final Map<String, String> values = new LinkedHashMap<>();

		private final Map<Part, SQLException> errors = new LinkedHashMap<>();

		private @Nullable SQLException firstError;

		Questions(Connection connection) {
			this.connection = connection;
		}

		/**
		 * Asks for some parts. If that fails, asks for each half of them, so that few
		 * round trips find the parts that are refused.
		 */
		void ask(List<Part> asked) throws SQLException {
			try {
				execute(asked);
			}
			catch (SQLException ex) {
				this.firstError = (this.firstError != null) ? this.firstError : ex;
				PartialQuery.this.execution.reset(this.connection, ex);
				if (asked.size() > 1) {
					int half = asked.size() / 2;
					ask(asked.subList(0, half));
					ask(asked.subList(half, asked.size()));
					return;
				}
				if (asked.get(0).consequence() == null) {
					throw ex;
				}
				this.errors.put(asked.get(0), ex);
			}
		}

		private void execute(List<Part> asked) throws SQLException {
			String expressions = asked.stream().map(Part::expression).collect(Collectors.joining(", "));
			List<@Nullable String> row = PartialQuery.this.execution.execute(this.connection, "select " + expressions);
			if (row.size() != asked.size()) {
				throw new SQLException("The server returned " + row.size() + " values for: select " + expressions);
			}
			for (int i = 0; i < asked.size(); i++) {
				String value = row.get(i);
				if (value != null) {
					this.values.put(asked.get(i).name(), value);
				}
			}
		}

	}

	/**
	 * Strategy interface to execute the statements of a query. Implementations must be
	 * thread-safe.
	 */
	public interface Execution {

		/**
		 * Executes a statement that returns one row.
		 * @param select {@code select} and some of the expressions
		 * @return the values as text
		 */
		List<@Nullable String> execute(Connection connection, String select) throws SQLException;

		/**
		 * Prepares a connection for another statement after an error. By default, only
		 * looks whether it can be used any more.
		 * @throws SQLException that error, if the connection is lost, or if the error has
		 * no SQLState, so that no server sent it
		 */
		default void reset(Connection connection, SQLException error) throws SQLException {
			String state = error.getSQLState();
			if (state == null || state.startsWith("08") || state.startsWith("57P") || connection.isClosed()) {
				throw error;
			}
		}

		/**
		 * Returns the values of the first row as text.
		 */
		static List<@Nullable String> values(ResultSet rows) throws SQLException {
			List<@Nullable String> values = new ArrayList<>();
			int columns = rows.next() ? rows.getMetaData().getColumnCount() : 0;
			for (int i = 1; i <= columns; i++) {
				values.add(rows.getString(i));
			}
			return values;
		}

	}

	/**
	 * Sends the statements as they are.
	 */
	private static final class PlainExecution implements Execution {

		@Override
		public List<@Nullable String> execute(Connection connection, String select) throws SQLException {
			try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(select)) {
				return Execution.values(rows);
			}
		}

	}

	/**
	 * Expression of a query.
	 *
	 * @param name name for {@link Answers#get} and for people, such as the function that
	 * is called; no two parts of a query have the same
	 * @param expression SQL expression with one value
	 * @param consequence what is not known if the server refuses it, and the remedy, in
	 * sentences; null if it is required
	 */
	public record Part(String name, String expression, @Nullable String consequence) {

		private Refusal refusal(SQLException error) {
			return new Refusal(this.name, error.getSQLState() + " " + error.getMessage(),
					Objects.requireNonNullElse(this.consequence, ""));
		}

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
