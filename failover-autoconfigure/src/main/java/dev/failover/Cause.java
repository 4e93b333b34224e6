package dev.failover;

import java.util.Locale;

/**
 * Cause of a route.
 */
public enum Cause {

	/** The first route of this application. */
	STARTUP,

	/** The breaker of a node on the route opened. */
	NODE_LOST,

	/** A probe read another role: a promotion or a demotion. */
	ROLE_CHANGED,

	/** A node answered again that the route had left, while no other took writes. */
	NODE_RETURNED,

	/** The route returned to the preferred node by itself. */
	FAILBACK,

	/** An operator moved the route. */
	SWITCHOVER,

	/** Reads moved because a mirror became fit for them, or ceased to be. */
	READS_MOVED;

	/**
	 * Returns the name in the endpoint, in meters and in the log, such as
	 * {@code node-lost}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
