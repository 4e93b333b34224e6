package dev.failover.sample.problem;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Tells a lost {@code COMMIT} from work that was lost before it. Stateless but for the
 * transaction that the current thread is committing.
 * <p>
 * Spring rolls back after a failed commit. When the connection is gone that rollback
 * fails too, and its exception hides the one of the commit: "Connection is closed" looks
 * the same in both cases, but in one of them the work may be stored.
 */
@Component
final class CommitWatch implements TransactionExecutionListener {

	private final ThreadLocal<TransactionExecution> committing = new ThreadLocal<>();

	@Override
	public void beforeCommit(TransactionExecution transaction) {
		if (!transaction.isReadOnly()) {
			this.committing.set(transaction);
		}
	}

	@Override
	public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
		ended(transaction, commitFailure);
	}

	/**
	 * A rollback that succeeds after a failed commit proves that nothing was stored.
	 */
	@Override
	public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
		ended(transaction, rollbackFailure);
	}

	private void ended(TransactionExecution transaction, @Nullable Throwable failure) {
		if (this.committing.get() != transaction) {
			return;
		}
		this.committing.remove();
		if (failure != null) {
			throw new CommitOutcomeUnknownException(failure);
		}
	}

}
