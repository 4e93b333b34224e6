package dev.failover.internal.transaction;

import java.sql.SQLException;
import java.util.function.Supplier;

import dev.failover.FailoverState;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Translates the errors of lost and read-only nodes into exceptions that say which node,
 * in which mode, and what to do; leaves all others to another translator. Thread-safe.
 * <p>
 * What follows in a transaction that has lost its node is translated like the loss
 * itself: the rollback of such a transaction does not hide why it is rolled back.
 *
 * @see NodeLostException
 * @see NoWritableNodeException
 * @see WriteOutcomeUnknownException
 */
public final class FailoverExceptionTranslator implements SQLExceptionTranslator {

	private final Supplier<FailoverState> states;

	private final Supplier<? extends SQLExceptionTranslator> others;

	/**
	 * Create a translator.
	 * @param states tells the route
	 * @param others gives the translator of all other errors; asked at each of them
	 */
	public FailoverExceptionTranslator(Supplier<FailoverState> states,
			Supplier<? extends SQLExceptionTranslator> others) {
		this.states = states;
		this.others = others;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		DataAccessException fault = new FaultTranslation(this.states).work(sql, FaultTranslation.origin(ex));
		return (fault != null) ? fault : this.others.get().translate(task, sql, ex);
	}

}
