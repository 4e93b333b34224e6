package dev.failover.internal.transaction;

import java.sql.SQLException;
import java.util.function.Supplier;

import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Translates the errors of lost and read-only nodes into exceptions that name the node,
 * the mode of the route and what to do. Leaves all other errors to another translator.
 * Thread-safe.
 * <p>
 * Errors that follow in a transaction that has lost its node are translated like the loss
 * itself, so that a failed rollback does not hide the reason for it.
 *
 * @see NodeLostException
 * @see NoWritableNodeException
 * @see WriteOutcomeUnknownException
 */
public final class FailoverExceptionTranslator implements SQLExceptionTranslator {

	private final Supplier<? extends SQLExceptionTranslator> others;

	/**
	 * Creates a translator.
	 * @param others provides the translator of all other errors; called for each of them
	 */
	public FailoverExceptionTranslator(Supplier<? extends SQLExceptionTranslator> others) {
		this.others = others;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		DataAccessException fault = FaultTranslation.work(sql, FaultTranslation.origin(ex));
		return (fault != null) ? fault : this.others.get().translate(task, sql, ex);
	}

}
