package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Exception thrown when a node refused a write because it is read-only: a standby that is
 * not promoted yet, or a primary that was demoted. Nothing was stored; the same work
 * succeeds when a node accepts writes.
 * <p>
 * Never thrown in a transaction that the application itself declared read-only.
 */
public final class NoWritableNodeException extends TransientDataAccessResourceException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	public NoWritableNodeException(Node node, Route route, SQLException cause) {
		super("Database node '" + node + "' takes no writes; " + RouteText.of(route)
				+ ". Nothing of this work was stored: begin a new transaction when a node takes writes", cause);
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
