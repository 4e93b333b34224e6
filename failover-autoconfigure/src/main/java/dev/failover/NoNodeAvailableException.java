package dev.failover;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * Thrown when no node could take the work within the time that the caller was ready to
 * wait. Its SQLState is 08001: the work may be tried again later.
 */
public final class NoNodeAvailableException extends SQLTransientConnectionException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param route the current route
	 * @param work requested kind of work, {@code writes} or {@code reads}
	 * @param waited time for which the caller has waited
	 */
	public NoNodeAvailableException(Route route, String work, Duration waited) {
		super("No database node for " + work + ": mode " + route.mode() + " since " + route.since() + " (epoch "
				+ route.epoch() + ", " + route.cause().label() + "); waited " + waited.toMillis()
				+ " ms. The endpoint 'failover' shows the state of each node", "08001");
	}

}
