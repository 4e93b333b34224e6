package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.RecoverableDataAccessException;

/**
 * The connection to a database node was lost before the work on it was done. Nothing of
 * it is stored, so that it is safe to do it again: all of the transaction, from its
 * beginning.
 * <p>
 * Thrown for a statement or rollback inside a transaction, for the commit of a read-only
 * one, and outside of transactions for a query.
 */
public final class NodeLostException extends RecoverableDataAccessException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final Circumstances circumstances;

	public NodeLostException(Node node, Route route, SQLException cause) {
		super("The connection to database node '" + node + "' was lost (SQLState " + cause.getSQLState() + "); "
				+ Circumstances.text(route) + ". Nothing of this work was stored: begin a new transaction", cause);
		this.circumstances = Circumstances.of(node, route);
	}

	@Override
	public Circumstances circumstances() {
		return this.circumstances;
	}

}
