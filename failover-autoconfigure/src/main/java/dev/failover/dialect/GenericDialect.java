package dev.failover.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.Role;
import dev.failover.dialect.Reading.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * {@link Dialect} of any database that JDBC reaches. Knows what JDBC and standard SQL
 * define, and no more: a server that answers is alive, and accepts writes unless its
 * driver, or a query of the user, says otherwise. It knows no history, so that nothing is
 * verified.
 */
final class GenericDialect implements Dialect {

	private final String urlPrefix;

	private final @Nullable String roleQuery;

	/**
	 * Creates a dialect.
	 * @param urlPrefix beginning of the JDBC URLs of the database
	 * @param roleQuery query that returns the role, or null to ask the driver
	 */
	GenericDialect(String urlPrefix, @Nullable String roleQuery) {
		this.urlPrefix = urlPrefix;
		this.roleQuery = roleQuery;
	}

	@Override
	public boolean supports(String jdbcUrl) {
		return jdbcUrl.startsWith(this.urlPrefix);
	}

	@Override
	public boolean tellsHistory() {
		return false;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A query of the user that fails makes the role unknown, as long as the connection is
	 * valid.
	 */
	@Override
	public Reading read(Connection connection) throws SQLException {
		if (this.roleQuery == null) {
			checkValid(connection, null);
			return new Reading(connection.isReadOnly() ? Role.READ_ONLY : Role.WRITABLE, null, null);
		}
		try {
			String answer = ask(connection, this.roleQuery);
			Role role = role(answer);
			return (role != Role.UNKNOWN) ? new Reading(role, null, null)
					: unknown("it returned " + ((answer != null) ? "'" + answer + "'" : "no value"));
		}
		catch (SQLException ex) {
			checkValid(connection, ex);
			return unknown(ex.getSQLState() + " " + ex.getMessage());
		}
	}

	private static @Nullable String ask(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			return row.next() ? row.getString(1) : null;
		}
	}

	private static Role role(@Nullable String answer) {
		String text = (answer != null) ? answer.strip().toUpperCase(Locale.ROOT).replaceAll("[ -]", "_") : "";
		if (text.startsWith("READ_ONLY")) {
			return Role.READ_ONLY;
		}
		return switch (text) {
			case "WRITABLE", "READ_WRITE" -> Role.WRITABLE;
			case "UNUSABLE" -> Role.UNUSABLE;
			default -> Role.UNKNOWN;
		};
	}

	private static Reading unknown(String error) {
		return new Reading(Role.UNKNOWN, null, null,
				List.of(new Refusal("failover.detection.role-query", error,
						"The role of the server is not known, so that a mirror gets no work. "
								+ "Correct the query: it returns WRITABLE, READ_ONLY or UNUSABLE.")));
	}

	private static void checkValid(Connection connection, @Nullable SQLException error) throws SQLException {
		if (!isValid(connection)) {
			throw new SQLNonTransientConnectionException("The connection is not valid any more", "08006", error);
		}
	}

	/**
	 * Asks the driver without a time-out of its own: the probe has a deadline. A driver
	 * older than JDBC 4 has no such method.
	 */
	private static boolean isValid(Connection connection) throws SQLException {
		try {
			return connection.isValid(0);
		}
		catch (AbstractMethodError ex) {
			return !connection.isClosed();
		}
	}

	@Override
	public ReplicationReading readReplication(Connection connection) {
		return new ReplicationReading(null, null, null);
	}

	@Override
	public int defaultTransactionIsolation() {
		return Connection.TRANSACTION_READ_COMMITTED;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Source: classes of SQLSTATE and subclasses of exceptions in the JDBC 4.3
	 * specification, section 6.6, and ISO/IEC 9075-2. SQLSTATE 08004 is a refusal by a
	 * running server.
	 */
	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		String state = (error.getSQLState() != null) ? error.getSQLState() : "";
		if (error instanceof SQLInvalidAuthorizationSpecException || state.startsWith("28")) {
			return Optional.of(ErrorClass.UNAUTHORIZED);
		}
		if (state.equals("08004")) {
			return Optional.of(ErrorClass.OVERLOADED);
		}
		if (state.equals("25006")) {
			return Optional.of(ErrorClass.READ_ONLY);
		}
		boolean lost = state.startsWith("08") || error instanceof SQLNonTransientConnectionException
				|| error instanceof SQLRecoverableException;
		return lost ? Optional.of(ErrorClass.CONNECTION_LOST) : Optional.empty();
	}

}
