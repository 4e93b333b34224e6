package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.RecoverableDataAccessException;

/**
 * Exception thrown when the connection to a node was lost before the work on it was done.
 * Nothing of the work is stored, so that it is safe to repeat it: the whole transaction,
 * from its beginning.
 * <p>
 * Thrown for a statement or rollback inside a transaction, for the commit of a read-only
 * transaction, and for a query outside of transactions.
 */
public final class NodeLostException extends RecoverableDataAccessException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	public NodeLostException(Node node, Route route, SQLException cause) {
		super("The connection to database node '" + node + "' was lost (SQLState " + cause.getSQLState() + "); "
				+ RouteText.of(route) + ". Nothing of this work was stored: begin a new transaction", cause);
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
