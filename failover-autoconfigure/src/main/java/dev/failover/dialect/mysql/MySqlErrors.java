package dev.failover.dialect.mysql;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

import dev.failover.ErrorClass;
import org.jspecify.annotations.Nullable;

/**
 * Meaning of the errors of MySQL, MariaDB and their drivers. The code of an error tells
 * more than its SQLState: many have {@code HY000}, and the drivers give the SQLState
 * {@code 08} to answers of a living server, too.
 * <p>
 * Sources: "Server Error Message Reference" of the MySQL 8.4 manual and "MariaDB Error
 * Code Reference". MariaDB 10.11 raised 1040, 1045, 1226, 1290, 1792 and 4151 with both
 * drivers, and a member of Galera 1047; the other codes are from the references only.
 */
final class MySqlErrors {

	/** {@code ER_OPTION_PREVENTS_STATEMENT}, which other options raise, too. */
	private static final int OPTION_PREVENTS_STATEMENT = 1290;

	/** The name of an option is not translated. */
	private static final Pattern READ_ONLY_OPTION = Pattern.compile("read[-_]only", Pattern.CASE_INSENSITIVE);

	/** Read-only transaction, read-only mode, InnoDB in read-only mode. */
	private static final Set<Integer> READ_ONLY = Set.of(1792, 1836, 1874);

	/**
	 * All connections in use, out of resources, no thread to be had, connections of the
	 * user in use, limit of the account reached.
	 */
	private static final Set<Integer> OVERLOADED = Set.of(1040, 1041, 1135, 1203, 1226);

	/**
	 * Host blocked, host not admitted, wrong password, password expired, account locked
	 * (MySQL, then MariaDB), password locked.
	 */
	private static final Set<Integer> UNAUTHORIZED = Set.of(1129, 1130, 1045, 1698, 1820, 1862, 3118, 3955, 4151);

	/**
	 * Server shuts down, connection was killed, connection was closed for inactivity.
	 */
	private static final Set<Integer> CONNECTION_LOST = Set.of(1053, 1927, 4031);

	/** {@code ER_UNKNOWN_COM_ERROR}: a member of a Galera cluster without quorum. */
	private static final int NOT_PREPARED = 1047;

	/** MariaDB Connector/J: the connection was closed or aborted before. */
	private static final int CLOSED = 1220;

	private MySqlErrors() {
	}

	static @Nullable ErrorClass classify(SQLException error) {
		int code = error.getErrorCode();
		if (READ_ONLY.contains(code)) {
			return ErrorClass.READ_ONLY;
		}
		if (code == OPTION_PREVENTS_STATEMENT) {
			return isAboutReadOnly(error) ? ErrorClass.READ_ONLY : null;
		}
		if (OVERLOADED.contains(code)) {
			return ErrorClass.OVERLOADED;
		}
		if (UNAUTHORIZED.contains(code)) {
			return ErrorClass.UNAUTHORIZED;
		}
		if (code == NOT_PREPARED) {
			return ErrorClass.UNUSABLE;
		}
		return CONNECTION_LOST.contains(code) ? ErrorClass.CONNECTION_LOST : classifyByState(error.getSQLState());
	}

	private static boolean isAboutReadOnly(SQLException error) {
		String message = error.getMessage();
		return message != null && READ_ONLY_OPTION.matcher(message).find();
	}

	/**
	 * Returns the class by SQLState; a time-out of a statement of MySQL Connector/J has
	 * none.
	 */
	private static @Nullable ErrorClass classifyByState(@Nullable String state) {
		if (state == null) {
			return null;
		}
		if (state.startsWith("08")) {
			return ErrorClass.CONNECTION_LOST;
		}
		return state.startsWith("28") ? ErrorClass.UNAUTHORIZED : null;
	}

	/**
	 * Returns whether MariaDB Connector/J refused to use a closed connection.
	 */
	static boolean isClosedBefore(SQLException error) {
		return error.getErrorCode() == CLOSED && "08000".equals(error.getSQLState());
	}

	/**
	 * Returns whether the connection that raised an error is of no use any more.
	 */
	static boolean isFatal(SQLException error) {
		String state = error.getSQLState();
		return state == null || classify(error) == ErrorClass.CONNECTION_LOST;
	}

}
