package dev.failover.transaction;

import dev.failover.Mode;

/**
 * What all exceptions of this package tell: which node failed the work, and what the
 * application could do then.
 */
public sealed interface NodeFailure permits CommitOutcomeUnknownException, NoWritableNodeException, NodeLostException,
		WriteOutcomeUnknownException {

	/**
	 * Name of the node that was lost, or that refused the write.
	 */
	default String node() {
		return circumstances().node();
	}

	/**
	 * What the application could do when this was thrown. Right after the node was lost
	 * or demoted this is still the mode from before it.
	 */
	default Mode mode() {
		return circumstances().mode();
	}

	/**
	 * Both together.
	 */
	Circumstances circumstances();

}
