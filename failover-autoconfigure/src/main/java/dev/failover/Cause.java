package dev.failover;

import java.util.Locale;

/**
 * Why a route came to be.
 */
public enum Cause {

	/** The first route of this application. */
	STARTUP,

	/** The breaker of a node on the route opened. */
	NODE_LOST,

	/** A probe read another role: a promotion or a demotion. */
	ROLE_CHANGED,

	/** A node came back that the route had left, and nothing else served. */
	NODE_RETURNED,

	/** The route returned to the preferred node by itself. */
	FAILBACK,

	/** An operator moved the route. */
	SWITCHOVER,

	/** Reads moved because a mirror became, or ceased to be, fit for them. */
	READS_MOVED;

	/**
	 * The name in the endpoint, in metrics and in logs, such as {@code node-lost}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
