package dev.failover.transaction;

import dev.failover.Node;
import dev.failover.Route;

import org.springframework.transaction.TransactionException;

/**
 * The answer to {@code COMMIT} was lost: the work of the transaction may or may not be
 * stored. Look for it before doing it again.
 * <p>
 * It is the transaction's own outcome: no rollback follows, {@code afterCompletion}
 * callbacks are told {@code STATUS_UNKNOWN}. Never thrown for read-only transactions, nor
 * when {@code COMMIT} was certainly not sent.
 */
public final class CommitOutcomeUnknownException extends TransactionException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final Circumstances circumstances;

	public CommitOutcomeUnknownException(Node node, Route route, Throwable cause) {
		super("The connection to database node '" + node + "' was lost in the middle of COMMIT; "
				+ Circumstances.text(route)
				+ ". The work of this transaction may or may not be stored: look for it before doing it again", cause);
		this.circumstances = Circumstances.of(node, route);
	}

	@Override
	public Circumstances circumstances() {
		return this.circumstances;
	}

}
