package dev.failover;

/**
 * State of a node after all its probes.
 */
public enum NodeState {

	/** Probes have not decided yet. */
	UNKNOWN,

	/** The node answers probes. */
	UP,

	/** The node is alive but refuses probes: overloaded, or the login is wrong. */
	IMPAIRED,

	/** The breaker of the node is open. */
	DOWN

}
