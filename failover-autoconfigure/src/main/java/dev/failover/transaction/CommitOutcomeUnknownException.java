package dev.failover.transaction;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;

import org.springframework.transaction.TransactionException;

/**
 * Exception thrown when the answer to a {@code COMMIT} was lost. The work of the
 * transaction may or may not be stored: look for it before you repeat it.
 * <p>
 * No rollback follows, and {@code afterCompletion} callbacks receive
 * {@code STATUS_UNKNOWN}. Never thrown for read-only transactions, nor when the
 * {@code COMMIT} was certainly not sent.
 */
public final class CommitOutcomeUnknownException extends TransactionException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final Mode mode;

	public CommitOutcomeUnknownException(Node node, Route route, Throwable cause) {
		super("The connection to database node '" + node + "' was lost during COMMIT; " + RouteText.of(route)
				+ ". The work of this transaction may or may not be stored: look for it before you repeat it", cause);
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
