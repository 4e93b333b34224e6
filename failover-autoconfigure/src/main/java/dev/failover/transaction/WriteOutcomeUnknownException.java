package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.Route;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The answer to a statement that commits by itself was lost: there is no transaction, and
 * the statement is not a plain {@code SELECT}. It may or may not have been executed. Look
 * before doing it again.
 * <p>
 * In a transaction the same fault is a {@link NodeLostException}, whose work is known not
 * to be stored.
 */
public final class WriteOutcomeUnknownException extends DataAccessResourceFailureException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	WriteOutcomeUnknownException(Node node, Route route, SQLException cause) {
		super("The connection to database node '" + node + "' was lost (SQLState " + cause.getSQLState()
				+ ") in the middle of a statement outside of any transaction; " + RouteText.of(route)
				+ ". It may or may not have been executed: look before doing it again, or use a transaction", cause);
		this.node = node.name();
		this.mode = route.mode();
	}

	/**
	 * Name of the node that was lost.
	 */
	public String node() {
		return this.node;
	}

	/**
	 * What the application could do when this was thrown. Right after the loss this is
	 * still the mode from before it.
	 */
	public Mode mode() {
		return this.mode;
	}

}
