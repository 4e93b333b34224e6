package dev.failover.sample.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Optional;

import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * A fault of the database, as a client of the service needs to know it. SQLStates are
 * those of the PostgreSQL manual, appendix A.
 */
enum DatabaseFault {

	/** The connection was lost while the database was committing. */
	OUTCOME_UNKNOWN("The outcome is unknown",
			"The database went away while it was committing: the order may or may not be stored. "
					+ "Look at GET /orders before sending it again."),

	/** The node takes no writes: a standby that is not promoted yet. */
	READ_ONLY("No database node takes writes",
			"Orders can be read but not placed until a node takes writes again. "
					+ "Nothing was stored; send the request again."),

	/** No node gave a connection in time. */
	NO_CONNECTION("No connection to the database",
			"No database node can take the work at the moment. Nothing was stored; send the request again."),

	/** The connection was lost before the commit. */
	CONNECTION_LOST("The connection to the database was lost",
			"The database node went away before the work was done. Nothing was stored; send the request again."),

	/** The database is there, but could not do this now. */
	BUSY("The database is busy",
			"The database could not finish the work now. Nothing was stored; send the request again.");

	/** Causes that are looked at; chains of drivers can be cyclic. */
	private static final int MAX_CHAIN = 20;

	private final String title;

	private final String detail;

	DatabaseFault(String title, String detail) {
		this.title = title;
		this.detail = detail;
	}

	String title() {
		return this.title;
	}

	String detail() {
		return this.detail;
	}

	/**
	 * The fault that a failure tells of; empty if it is the application's own.
	 */
	static Optional<DatabaseFault> of(Throwable failure) {
		Throwable current = failure;
		DatabaseFault fault = null;
		for (int i = 0; current != null && i < MAX_CHAIN; i++) {
			fault = worse(fault, one(current));
			current = current.getCause();
		}
		return Optional.ofNullable(fault);
	}

	private static @Nullable DatabaseFault worse(@Nullable DatabaseFault left, @Nullable DatabaseFault right) {
		if (left == null || right == null) {
			return (left != null) ? left : right;
		}
		return (left.compareTo(right) <= 0) ? left : right;
	}

	private static @Nullable DatabaseFault one(Throwable failure) {
		if (failure instanceof CommitOutcomeUnknownException || failure instanceof WriteOutcomeUnknownException) {
			return OUTCOME_UNKNOWN;
		}
		if (failure instanceof NoWritableNodeException) {
			return READ_ONLY;
		}
		if (failure instanceof NodeLostException) {
			return CONNECTION_LOST;
		}
		if (failure instanceof CannotCreateTransactionException || failure instanceof CannotGetJdbcConnectionException
				|| failure instanceof SQLTransientConnectionException) {
			return NO_CONNECTION;
		}
		return (failure instanceof SQLException sql) ? state(sql.getSQLState()) : null;
	}

	/**
	 * Errors that nobody has explained. No state means that the pool's connection is
	 * closed: it was evicted when its server went away.
	 */
	private static @Nullable DatabaseFault state(@Nullable String state) {
		if (state == null) {
			return CONNECTION_LOST;
		}
		if (startsWith(state, "08001", "08004", "57P03")) {
			return NO_CONNECTION;
		}
		if (startsWith(state, "08", "57P", "25P03", "58", "XX")) {
			return CONNECTION_LOST;
		}
		return startsWith(state, "40", "53", "55P03", "57014") ? BUSY : null;
	}

	private static boolean startsWith(String state, String... prefixes) {
		return Arrays.stream(prefixes).anyMatch(state::startsWith);
	}

}
