package dev.failover.transaction;

import dev.failover.Mode;

/**
 * Exception thrown when work failed because of a node. All exceptions of this package
 * implement it.
 */
public sealed interface NodeFailure permits CommitOutcomeUnknownException, NoWritableNodeException, NodeLostException,
		WriteOutcomeUnknownException {

	/**
	 * Returns the name of the node that was lost, or that refused the write; {@code none}
	 * if the work reached no node.
	 */
	String node();

	/**
	 * Returns the mode of the route when the exception was thrown. Immediately after the
	 * loss or demotion of a node this is still the mode from before.
	 */
	Mode mode();

}
