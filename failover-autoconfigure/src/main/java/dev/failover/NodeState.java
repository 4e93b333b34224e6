package dev.failover;

/**
 * State of a node after all its probes.
 */
public enum NodeState {

	/** Probes have not decided yet. */
	UNKNOWN,

	/** It answers probes. */
	UP,

	/** It is alive but refuses the probe: overloaded, or the login is wrong. */
	IMPAIRED,

	/** Its breaker is open. */
	DOWN

}
