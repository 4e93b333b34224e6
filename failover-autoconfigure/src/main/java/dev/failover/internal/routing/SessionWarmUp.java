package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import dev.failover.dialect.Dialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms fresh sessions on a node that no work goes to: when the route moves there, all of
 * them execute their first statement at the same moment. Thread-safe.
 */
final class SessionWarmUp {

	private static final Logger logger = LoggerFactory.getLogger(SessionWarmUp.class);

	private final Dialect dialect;

	private final BooleanSupplier idle;

	/** Whether the last session was lost in its warm-up. */
	private final AtomicBoolean lost = new AtomicBoolean();

	/**
	 * Creates a warm-up.
	 * @param idle returns whether no work goes to the node now
	 */
	SessionWarmUp(Dialect dialect, BooleanSupplier idle) {
		this.dialect = dialect;
		this.idle = idle;
	}

	/**
	 * Returns whether the next session is to be warmed: no work goes to the node. The one
	 * after a session that was lost in its warm-up is not: it may be the warm-up that the
	 * server does not answer.
	 */
	boolean isDue() {
		return this.idle.getAsBoolean() && !this.lost.getAndSet(false);
	}

	/**
	 * Warms a session. One that could not be warmed is used nevertheless.
	 * @throws SQLException if the session was lost
	 */
	void warm(Connection session) throws SQLException {
		try {
			this.dialect.warmUp(session);
		}
		catch (SQLException | RuntimeException ex) {
			if (session.isClosed()) {
				this.lost.set(true);
				throw new SQLException("The session was lost in its warm-up", "08006", ex);
			}
			logger.debug("A session could not be warmed; it is used as it is", ex);
		}
	}

}
