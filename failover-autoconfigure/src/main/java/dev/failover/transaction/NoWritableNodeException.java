package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A node refused a write because it is read-only: a standby that is not promoted yet, or
 * a primary that was demoted. Nothing was stored; the same work succeeds when a node
 * takes writes.
 * <p>
 * Never thrown in a transaction that the application itself declared read-only.
 */
public final class NoWritableNodeException extends TransientDataAccessResourceException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final Circumstances circumstances;

	public NoWritableNodeException(Node node, Route route, SQLException cause) {
		super("Database node '" + node + "' takes no writes; " + Circumstances.text(route)
				+ ". Nothing of this work was stored: begin a new transaction when a node takes writes", cause);
		this.circumstances = Circumstances.of(node, route);
	}

	@Override
	public Circumstances circumstances() {
		return this.circumstances;
	}

}
