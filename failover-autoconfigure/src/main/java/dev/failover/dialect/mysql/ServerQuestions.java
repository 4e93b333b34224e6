package dev.failover.dialect.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.mysql.MySqlDialect.Answers;
import dev.failover.dialect.mysql.MySqlDialect.Question;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection, each of which the server may refuse. All are sent at
 * once, if the connection allows several statements in one call; it takes one round trip
 * then. If one fails, each is sent alone; one that is refused for lack of a grant, or
 * that the server does not know, is left out from then on. Unlike an expression of a
 * query, {@code show} has several rows and columns. Confined to one thread at a time.
 */
final class ServerQuestions {

	/**
	 * Errors that would be raised again: a grant is missing, or the server does not know
	 * a variable, a table, a function or a statement.
	 */
	private static final Set<Integer> LASTING = Set.of(1044, 1064, 1142, 1143, 1146, 1193, 1227, 1305, 1370);

	private final Map<Question, Refusal> refused = new LinkedHashMap<>();

	private boolean severalAtOnce = true;

	/**
	 * Asks the questions.
	 * @throws SQLException if the server refuses a required one, or the connection is
	 * lost
	 */
	Answers ask(Connection connection, List<Question> questions) throws SQLException {
		List<Question> asked = questions.stream().filter((question) -> !this.refused.containsKey(question)).toList();
		Answers answers = askAtOnce(connection, asked);
		return (answers != null) ? answers : askOneByOne(connection, asked);
	}

	/**
	 * Returns null if not all were answered.
	 */
	private @Nullable Answers askAtOnce(Connection connection, List<Question> asked) throws SQLException {
		if (!this.severalAtOnce || asked.size() < 2) {
			return null;
		}
		String sql = asked.stream().map(Question::sql).collect(Collectors.joining("; "));
		Map<String, List<Map<String, String>>> found = new HashMap<>();
		try (Statement statement = connection.createStatement()) {
			boolean rows = statement.execute(sql);
			for (Question question : asked) {
				if (!rows) {
					return null;
				}
				found.put(question.name(), rows(statement));
				rows = statement.getMoreResults();
			}
			return new Answers(found, List.copyOf(this.refused.values()));
		}
		catch (SQLException ex) {
			if (isLost(connection, ex)) {
				throw ex;
			}
			return null;
		}
	}

	private Answers askOneByOne(Connection connection, List<Question> asked) throws SQLException {
		Map<String, List<Map<String, String>>> found = new HashMap<>();
		List<Refusal> refusals = new ArrayList<>(this.refused.values());
		for (Question question : asked) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(question.sql());
				found.put(question.name(), rows(statement));
			}
			catch (SQLException ex) {
				refusals.add(refuse(connection, question, ex));
			}
		}
		// all together failed, although the server answers each: the driver sends one
		// only
		this.severalAtOnce = this.severalAtOnce && (asked.size() < 2 || found.size() < asked.size());
		return new Answers(found, refusals);
	}

	private Refusal refuse(Connection connection, Question question, SQLException error) throws SQLException {
		if (question.consequence() == null || isLost(connection, error)) {
			throw error;
		}
		Refusal refusal = new Refusal(question.name(), error.getSQLState() + " " + error.getMessage(),
				question.consequence());
		if (LASTING.contains(error.getErrorCode())) {
			this.refused.put(question, refusal);
		}
		return refusal;
	}

	private static boolean isLost(Connection connection, SQLException error) throws SQLException {
		return MySqlErrors.isFatal(error) || connection.isClosed();
	}

	/**
	 * Reads all rows; columns are known by their lower-case labels.
	 */
	private static List<Map<String, String>> rows(Statement statement) throws SQLException {
		List<Map<String, String>> rows = new ArrayList<>();
		try (ResultSet result = statement.getResultSet()) {
			ResultSetMetaData columns = result.getMetaData();
			while (result.next()) {
				Map<String, String> row = new HashMap<>();
				for (int i = 1; i <= columns.getColumnCount(); i++) {
					String value = result.getString(i);
					if (value != null) {
						row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
					}
				}
				rows.add(row);
			}
		}
		return rows;
	}

}
