package dev.failover.transaction;

import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.Route;

import org.springframework.transaction.TransactionException;

/**
 * The answer to {@code COMMIT} was lost: the work of the transaction may or may not be
 * stored. Look for it before doing it again.
 * <p>
 * It is the transaction's own outcome: no rollback follows, {@code afterCompletion}
 * callbacks are told {@code STATUS_UNKNOWN}. Never thrown for read-only transactions, nor
 * when {@code COMMIT} was certainly not sent.
 */
public final class CommitOutcomeUnknownException extends TransactionException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	CommitOutcomeUnknownException(Node node, Route route, Throwable cause) {
		super("The connection to database node '" + node + "' was lost in the middle of COMMIT; " + RouteText.of(route)
				+ ". The work of this transaction may or may not be stored: look for it before doing it again", cause);
		this.node = node.name();
		this.mode = route.mode();
	}

	/**
	 * Name of the node that was committing.
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
