package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.internal.routing.SessionDefaults.Values;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares fresh sessions before their pool gets them: warms those of an idle node, and
 * asks the first one what the pool asks it, too, and keeps. Bounds the wait for an answer
 * as HikariCP does: a connection that is lost silently must not block the thread for
 * which the pool waits. Thread-safe.
 */
final class SessionPreparation {

	private static final Logger logger = LoggerFactory.getLogger(SessionPreparation.class);

	/** SQLState class "connection exception", ISO/IEC 9075-2. */
	private static final String CONNECTION_EXCEPTION = "08";

	private final SessionWarmUp warmUp;

	private final SessionDefaults defaults;

	private final int timeoutMillis;

	private volatile @Nullable Values learnt;

	/**
	 * Creates a preparation.
	 * @param defaults replaced by those of the first session
	 * @param timeoutMillis longest wait for an answer
	 */
	SessionPreparation(SessionWarmUp warmUp, SessionDefaults defaults, long timeoutMillis) {
		this.warmUp = warmUp;
		this.defaults = defaults;
		this.timeoutMillis = (int) Math.min(Integer.MAX_VALUE, timeoutMillis);
	}

	/**
	 * Returns the values of the first session, or null if there was none.
	 */
	@Nullable Values learnt() {
		return this.learnt;
	}

	/**
	 * Prepares a session. Leaves to the pool what the driver does not support.
	 * @throws SQLException if the session was lost
	 */
	void prepare(Connection session) throws SQLException {
		boolean first = this.learnt == null;
		boolean cold = this.warmUp.isDue();
		if (!first && !cold) {
			return;
		}
		Integer before = bound(session);
		if (cold) {
			this.warmUp.warm(session);
		}
		if (first) {
			learn(session, before);
		}
		if (before != null) {
			session.setNetworkTimeout(Runnable::run, before);
		}
	}

	/**
	 * Sets the network time-out.
	 * @return the one before, or null if the driver does not support it
	 */
	private @Nullable Integer bound(Connection session) throws SQLException {
		try {
			int before = session.getNetworkTimeout();
			session.setNetworkTimeout(Runnable::run, this.timeoutMillis);
			return before;
		}
		catch (Exception | AbstractMethodError ex) {
			requireOpen(session, ex);
			logger.debug("The driver does not support network time-outs", ex);
			return null;
		}
	}

	private void learn(Connection session, @Nullable Integer networkTimeout) throws SQLException {
		try {
			Values values = new Values(session.getTransactionIsolation(), networkTimeout);
			this.defaults.learn(values);
			this.learnt = values;
		}
		catch (Exception | AbstractMethodError ex) {
			requireOpen(session, ex);
			logger.debug("The isolation of a fresh session could not be read; HikariCP asks for it itself", ex);
		}
	}

	private static void requireOpen(Connection session, Throwable failure) throws SQLException {
		if (failure instanceof SQLException sql && sql.getSQLState() != null
				&& sql.getSQLState().startsWith(CONNECTION_EXCEPTION)) {
			throw sql;
		}
		if (session.isClosed()) {
			throw new SQLException("The session was lost while it was prepared", "08006", failure);
		}
	}

}
