package dev.failover;

/**
 * State of a node's circuit breaker, in Resilience4j's words.
 */
public enum BreakerState {

	CLOSED, OPEN, HALF_OPEN, FORCED_OPEN, DISABLED, METRICS_ONLY;

	/**
	 * Whether the breaker lets the route use its node.
	 */
	public boolean permits() {
		return this == CLOSED || this == DISABLED || this == METRICS_ONLY;
	}

	/**
	 * Whether a person put it there; probes do not.
	 */
	public boolean forced() {
		return this == FORCED_OPEN || this == DISABLED || this == METRICS_ONLY;
	}

}
