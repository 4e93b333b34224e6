package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.Route;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A node refused a write because it is read-only: a standby that is not promoted yet, or
 * a primary that was demoted. Nothing was stored; the same work succeeds when a node
 * takes writes.
 * <p>
 * Never thrown in a transaction that the application itself declared read-only.
 */
public final class NoWritableNodeException extends TransientDataAccessResourceException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	NoWritableNodeException(Node node, Route route, SQLException cause) {
		super("Database node '" + node + "' takes no writes; " + RouteText.of(route)
				+ ". Nothing of this work was stored: begin a new transaction when a node takes writes", cause);
		this.node = node.name();
		this.mode = route.mode();
	}

	/**
	 * Name of the node that refused the write.
	 */
	public String node() {
		return this.node;
	}

	/**
	 * What the application could do when this was thrown. {@code NORMAL} if the node was
	 * demoted a moment ago.
	 */
	public Mode mode() {
		return this.mode;
	}

}
