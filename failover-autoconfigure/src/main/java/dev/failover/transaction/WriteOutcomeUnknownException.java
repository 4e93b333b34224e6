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
 * Also thrown for work after the commit of its transaction, as in a callback after the
 * commit: what the transaction has stored stays, so that it must not be repeated.
 * <p>
 * In a transaction the same fault is a {@link NodeLostException}, whose work is certainly
 * not stored.
 */
public final class WriteOutcomeUnknownException extends DataAccessResourceFailureException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	public WriteOutcomeUnknownException(Node node, Route route, SQLException cause) {
		this(node, route, cause, "during a statement outside of any transaction",
				"The statement may or may not have been executed: look for its effect before you repeat it, or use a transaction");
	}

	private WriteOutcomeUnknownException(Node node, Route route, SQLException cause, String when, String what) {
		super("The connection to database node '" + node + "' was lost (SQLState " + cause.getSQLState() + ") " + when
				+ "; " + RouteText.of(route) + ". " + what, cause);
		this.node = node.name();
		this.mode = route.mode();
	}

	/**
	 * Returns the exception for a fault after the commit of the current transaction.
	 */
	public static WriteOutcomeUnknownException afterCommit(Node node, Route route, SQLException cause) {
		return new WriteOutcomeUnknownException(node, route, cause, "after the commit of the transaction",
				"The transaction was stored: do not repeat it. The statement that followed may or may not have been executed");
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
