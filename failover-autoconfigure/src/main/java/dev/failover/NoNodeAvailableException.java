package dev.failover;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;

/**
 * No node could take the work within the time that the caller was ready to wait. SQLState
 * 08001; trying again later is right.
 */
public final class NoNodeAvailableException extends SQLTransientConnectionException {

	private static final long serialVersionUID = 1L;

	public NoNodeAvailableException(Route route, Access access, Duration waited) {
		super("No database node for " + access.name().toLowerCase(Locale.ROOT) + ": mode " + route.mode() + " since "
				+ route.since() + " (epoch " + route.epoch() + ", " + route.cause().label() + "); waited "
				+ waited.toMillis() + " ms. The endpoint 'failover' tells the state of each node", "08001");
	}

}
