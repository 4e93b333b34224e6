package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
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

	/**
	 * Creates a warm-up.
	 * @param idle returns whether no work goes to the node now
	 */
	SessionWarmUp(Dialect dialect, BooleanSupplier idle) {
		this.dialect = dialect;
		this.idle = idle;
	}

	/**
	 * Warms a fresh session if no work goes to the node. A session that could not be
	 * warmed is used nevertheless; if it is lost, its first statement fails.
	 */
	void warm(Connection session) {
		if (this.idle.getAsBoolean()) {
			try {
				this.dialect.warmUp(session);
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("A session could not be warmed; it is used as it is", ex);
			}
		}
	}

}
