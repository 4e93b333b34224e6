package dev.failover.routing;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import dev.failover.topology.Route;

/**
 * No node could take the work within the time that the caller was ready to wait. SQLState
 * 08001; trying again later is right.
 */
public final class NoNodeAvailableException extends SQLTransientConnectionException {

	private static final long serialVersionUID = 1L;

	NoNodeAvailableException(Route route, String wanted, Duration waited) {
		super("No database node for " + wanted + ": mode " + route.mode() + " since " + route.since() + " (epoch "
				+ route.epoch() + ", " + route.cause().label() + "); waited " + waited.toMillis()
				+ " ms. The endpoint 'failover' tells the state of each node", "08001");
	}

}
