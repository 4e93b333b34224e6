package dev.failover.internal.transaction;

import java.sql.SQLException;
import java.util.function.Supplier;

import dev.failover.FailoverState;
import dev.failover.transaction.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Translator for transaction managers: a lost {@code COMMIT} is thrown as
 * {@link CommitOutcomeUnknownException}, everything else is left to another translator.
 * Thread-safe.
 * <p>
 * It throws, against the custom of translators, because the type decides what Spring does
 * next (read in Spring Framework 7.0.10,
 * {@code AbstractPlatformTransactionManager.processCommit}): after a
 * {@code TransactionException} there is no rollback, and callbacks are told
 * {@code STATUS_UNKNOWN}; after any other the rollback of the closed connection fails and
 * its exception hides the one of the commit.
 */
public final class CommitOutcomeTranslator implements SQLExceptionTranslator {

	private final Supplier<FailoverState> states;

	private final SQLExceptionTranslator others;

	/**
	 * Create a translator.
	 * @param states tells the route
	 * @param others translates all other errors
	 */
	public CommitOutcomeTranslator(Supplier<FailoverState> states, SQLExceptionTranslator others) {
		this.states = states;
		this.others = others;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		// a manager with rollbackOnCommitFailure goes on to roll back: its error has an
		// origin
		new FaultTranslation(this.states)
			.commit(FaultTranslation.origin(ex), TransactionSynchronizationManager.isCurrentTransactionReadOnly())
			.ifPresent((unknown) -> {
				throw unknown;
			});
		return this.others.translate(task, sql, ex);
	}

}
