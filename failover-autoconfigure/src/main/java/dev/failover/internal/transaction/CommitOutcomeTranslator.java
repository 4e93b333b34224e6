package dev.failover.internal.transaction;

import java.sql.SQLException;

import dev.failover.transaction.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Translates errors for transaction managers: throws
 * {@link CommitOutcomeUnknownException} for a lost {@code COMMIT}, and leaves all other
 * errors to another translator. Thread-safe.
 * <p>
 * It throws instead of returning an exception, because the type decides what Spring does
 * next (Spring Framework 7.0.10,
 * {@code AbstractPlatformTransactionManager.processCommit}): after a
 * {@code TransactionException} it does not roll back and calls back with
 * {@code STATUS_UNKNOWN}; after any other exception it rolls back on the closed
 * connection, which fails, and the exception of the rollback hides that of the commit.
 */
public final class CommitOutcomeTranslator implements SQLExceptionTranslator {

	private final SQLExceptionTranslator others;

	/**
	 * Creates a translator.
	 * @param others translates all other errors
	 */
	public CommitOutcomeTranslator(SQLExceptionTranslator others) {
		this.others = others;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		// with rollbackOnCommitFailure the manager rolls back after a failed commit, so
		// that its own error hides the one of the commit
		FaultTranslation
			.commit(FaultTranslation.origin(ex), TransactionSynchronizationManager.isCurrentTransactionReadOnly())
			.ifPresent((unknown) -> {
				throw unknown;
			});
		return this.others.translate(task, sql, ex);
	}

}
