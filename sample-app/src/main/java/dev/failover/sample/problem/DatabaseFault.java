package dev.failover.sample.problem;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A fault of the database as it is reported to a client of the service. SQLStates are
 * those of the PostgreSQL manual, appendix A.
 */
enum DatabaseFault {

	/** The connection was lost during the commit. */
	OUTCOME_UNKNOWN("The outcome is unknown",
			"The connection to the database was lost during the commit: the order may or may not be stored. "
					+ "Check GET /orders before you send it again."),

	/** No node accepts writes: the standby is not promoted yet. */
	READ_ONLY("No database node accepts writes",
			"Orders can be read but not placed until a node accepts writes again. "
					+ "Nothing was stored; send the request again."),

	/** No node provided a connection in time. */
	NO_CONNECTION("No connection to the database",
			"No database node is available at the moment. Nothing was stored; send the request again."),

	/** The connection was lost before the commit. */
	CONNECTION_LOST("The connection to the database was lost",
			"The connection to the database was lost before the commit. Nothing was stored; send the request again."),

	/** The database is available, but could not finish the work. */
	BUSY("The database is busy",
			"The database could not finish the work now. Nothing was stored; send the request again.");

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
	 * Returns the fault that an SQLState reports; empty if the error is the application's
	 * own. No SQLState means that the pool closed the connection when its server was
	 * lost.
	 */
	static Optional<DatabaseFault> ofSqlState(@Nullable String state) {
		if (state == null) {
			return Optional.of(CONNECTION_LOST);
		}
		if (startsWith(state, "08001", "08004", "57P03")) {
			return Optional.of(NO_CONNECTION);
		}
		if (startsWith(state, "08", "57P", "25P03", "58", "XX")) {
			return Optional.of(CONNECTION_LOST);
		}
		return startsWith(state, "40", "53", "55P03", "57014") ? Optional.of(BUSY) : Optional.empty();
	}

	private static boolean startsWith(String state, String... prefixes) {
		return Arrays.stream(prefixes).anyMatch(state::startsWith);
	}

}
