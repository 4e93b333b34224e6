package dev.failover.internal.transaction;

import dev.failover.transaction.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Reports a lost {@code COMMIT} as {@link CommitOutcomeUnknownException} for transaction
 * managers that do not translate the exception of a commit:
 * {@code DataSourceTransactionManager}, {@code HibernateTransactionManager}, JPA
 * providers without a translator. Spring has called back with {@code STATUS_UNKNOWN} by
 * then. Notes when a transaction is stored, for errors of the work after it. Thread-safe.
 */
public final class CommitOutcomeListener implements TransactionExecutionListener {

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		if (beginFailure == null && !transaction.isReadOnly()) {
			CommittedTransaction.observe();
		}
	}

	@Override
	public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
		if (commitFailure != null && !(commitFailure instanceof CommitOutcomeUnknownException)) {
			FaultTranslation.commit(commitFailure, transaction.isReadOnly()).ifPresent((unknown) -> {
				throw unknown;
			});
		}
	}

}
