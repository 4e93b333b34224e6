package dev.failover;

import java.time.Duration;

import dev.failover.Operation.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Callback for probes, suspicions, unknown outcomes, changes, operations and held
 * requests. An exception that it throws is logged and changes nothing.
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
	 * Called when an operation was requested, on a worker thread, in order with the
	 * changes. Its end follows, also if it is refused.
	 */
	default void operationRequested(Operation operation) {
	}

	/**
	 * Called when an operation has ended, on a worker thread, in order with the changes.
	 */
	default void operationEnded(Operation operation, Outcome outcome) {
	}

	/**
	 * Called when a request for a connection begins to wait for a route, on the thread of
	 * the application: it must not block.
	 * @return is told of the end of the wait, or null
	 */
	default @Nullable HeldRequest held() {
		return null;
	}

	/**
	 * Request for a connection that waits for a route.
	 */
	@FunctionalInterface
	interface HeldRequest {

		/**
		 * Called when the wait has ended, on the thread of the application: it must not
		 * block.
		 * @param route the route at the end
		 * @param node node whose connection the request got, or null if it got none
		 * @param held time for which the request was held
		 */
		void ended(Route route, @Nullable Node node, Duration held);

	}

}
