package dev.failover;

/**
 * State of a node's circuit breaker, as Resilience4j names it.
 */
public enum BreakerState {

	/** Probes succeed; the node may be used. */
	CLOSED,

	/** Probes failed as often as the threshold allows; the node is not used. */
	OPEN,

	/** Probes succeed again, but not yet often enough. */
	HALF_OPEN,

	/** A person opened it; probes do not close it. */
	FORCED_OPEN,

	/** A person disabled it; the node is used whatever its probes say. */
	DISABLED,

	/** A person set it to count only; the node is used whatever its probes say. */
	METRICS_ONLY;

	/**
	 * Returns whether the route may use the node.
	 */
	public boolean permits() {
		return this == CLOSED || this == DISABLED || this == METRICS_ONLY;
	}

	/**
	 * Returns whether a person put the breaker into this state.
	 */
	public boolean forced() {
		return this == FORCED_OPEN || this == DISABLED || this == METRICS_ONLY;
	}

}
