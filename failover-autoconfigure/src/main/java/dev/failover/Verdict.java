package dev.failover;

/**
 * Outcome of one probe.
 */
public enum Verdict {

	/** The server answered. */
	UP,

	/** The server answered with an error that proves it alive. */
	IMPAIRED,

	/** The server was not reached, was silent past the deadline, or is starting up. */
	DOWN

}
