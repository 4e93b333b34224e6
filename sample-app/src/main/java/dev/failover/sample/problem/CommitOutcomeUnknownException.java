package dev.failover.sample.problem;

import org.springframework.transaction.TransactionSystemException;

/**
 * The connection was lost while the database was committing: the work may or may not be
 * stored.
 */
final class CommitOutcomeUnknownException extends TransactionSystemException {

	private static final long serialVersionUID = 1L;

	CommitOutcomeUnknownException(Throwable cause) {
		super("The answer to COMMIT was lost; the work may or may not be stored", cause);
	}

}
