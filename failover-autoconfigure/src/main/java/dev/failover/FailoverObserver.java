package dev.failover;

import dev.failover.Operation.Outcome;

/**
 * Callback for probes, suspicions, unknown outcomes, changes and operations, called
 * afterwards. An exception that it throws is logged and changes nothing.
 */
public interface FailoverObserver {

	/**
	 * Called when a probe has ended, on the prober's thread: it must not block.
	 */
	default void probed(Node node, Probe probe) {
	}

	/**
	 * Called when an error in traffic has raised a suspicion, on the thread of the
	 * application that got the error: it must not block.
	 */
	default void suspected(Node node) {
	}

	/**
	 * Called when the application is told that a commit, or a write outside of a
	 * transaction, may or may not be stored on the node, which was lost before it
	 * answered; on the application's thread: it must not block.
	 */
	default void outcomeUnknown(Node node) {
	}

	/**
	 * Called when the route, a node or a condition has changed, on a worker thread, for
	 * one change after the other. It may block; only later notifications wait for it.
	 */
	default void changed(FailoverEvent event) {
	}

	/**
	 * Called when an operation has ended, on a worker thread, in order with the changes.
	 */
	default void operationEnded(Operation operation, Outcome outcome) {
	}

}
