package dev.failover.internal.routing;

import java.sql.SQLRecoverableException;

import dev.failover.Node;
import dev.failover.Route;

/**
 * Says that a connection was lost because the route left its node. Found among the
 * suppressed exceptions of the driver's own error. What was open on that connection has
 * failed and is never replayed; a new transaction goes to the new route.
 */
public final class NodeLeftException extends SQLRecoverableException {

	private static final long serialVersionUID = 1L;

	NodeLeftException(Node node, Route route) {
		super("The route has left node '" + node + "': mode " + route.mode() + " since epoch " + route.epoch() + " ("
				+ route.cause().label() + "). Work in flight there has failed; begin a new transaction", "08007");
		setStackTrace(new StackTraceElement[0]);
	}

}
