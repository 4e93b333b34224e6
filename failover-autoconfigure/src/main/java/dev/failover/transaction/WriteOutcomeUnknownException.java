package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Exception thrown when the answer to a statement outside of any transaction was lost,
 * and the statement is not a plain {@code SELECT}: it commits by itself. The statement
 * may or may not have been executed: look for its effect before you repeat it.
 * <p>
 * In a transaction the same fault is a {@link NodeLostException}, whose work is certainly
 * not stored.
 */
public final class WriteOutcomeUnknownException extends DataAccessResourceFailureException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	public WriteOutcomeUnknownException(Node node, Route route, SQLException cause) {
		super("The connection to database node '" + node + "' was lost (SQLState " + cause.getSQLState()
				+ ") during a statement outside of any transaction; " + RouteText.of(route)
				+ ". The statement may or may not have been executed: look for its effect before you repeat it, or use a transaction",
				cause);
		this.node = node.name();
		this.mode = route.mode();
	}

	@Override
	public String node() {
		return this.node;
	}

	@Override
	public Mode mode() {
		return this.mode;
	}

}
