package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Exception thrown when a node refused a write because it is read-only: a standby that is
 * not promoted yet, or a primary that was demoted. Also thrown when a transaction could
 * not begin because no node accepted writes in time. Nothing was stored; the same work
 * succeeds when a node accepts writes.
 * <p>
 * Thrown in a transaction that the application itself declared read-only only if the
 * transaction needs a node that accepts writes, as a serializable one may.
 */
public final class NoWritableNodeException extends TransientDataAccessResourceException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private static final String NO_NODE = "none";

	private final String node;

	private final Mode mode;

	public NoWritableNodeException(Node node, Route route, SQLException cause) {
		super("Database node '" + node + "' takes no writes; " + RouteText.of(route)
				+ ". Nothing of this work was stored: begin a new transaction when a node takes writes", cause);
		this.node = node.name();
		this.mode = route.mode();
	}

	/**
	 * Creates an exception for work that was refused before it reached a node.
	 */
	public NoWritableNodeException(Route route, Throwable cause) {
		super("No database node takes writes; " + RouteText.of(route)
				+ ". Nothing of this work was stored: begin a new transaction when a node takes writes", cause);
		this.node = NO_NODE;
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
