package dev.failover;

/**
 * The outcome of one probe.
 */
public enum Verdict {

	/** It answered. */
	UP,

	/** It answered with an error that proves it alive. */
	IMPAIRED,

	/** It could not be reached, was silent past the deadline, or is starting up. */
	DOWN

}
