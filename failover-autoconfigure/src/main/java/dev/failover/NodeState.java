package dev.failover;

/**
 * What the monitor holds of a node after all its probes.
 */
public enum NodeState {

	/** Not yet probed conclusively. */
	UNKNOWN,

	/** It answers probes. */
	UP,

	/** It is alive but refuses the probe: overloaded, or the login is wrong. */
	IMPAIRED,

	/** Its breaker is open. */
	DOWN

}
