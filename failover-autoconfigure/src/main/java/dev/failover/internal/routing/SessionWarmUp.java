package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

import dev.failover.dialect.Dialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms sessions that are opened while nobody works on their node: when the route comes
 * to it, all of them get their first statement in the same moment. Thread-safe.
 */
final class SessionWarmUp {

	private static final Logger logger = LoggerFactory.getLogger(SessionWarmUp.class);

	private final Dialect dialect;

	private final BooleanSupplier idle;

	/**
	 * Create a warm-up.
	 * @param idle whether nobody works on the node now
	 */
	SessionWarmUp(Dialect dialect, BooleanSupplier idle) {
		this.dialect = dialect;
		this.idle = idle;
	}

	/**
	 * Warm a fresh session if it will have to wait. One that could not be warmed is as
	 * good as another; if it is lost, who uses it will see.
	 */
	void warm(Connection session) {
		if (this.idle.getAsBoolean()) {
			try {
				this.dialect.warmUp(session);
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("A session could not be warmed", ex);
			}
		}
	}

}
