package dev.failover.internal.routing;

import java.time.Duration;

import dev.failover.FailoverObserver.HeldRequest;
import dev.failover.Node;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Call for a connection that may have to wait for a route; tells a listener if it does.
 * Confined to the caller's thread.
 */
final class HeldCall {

	private final RerouteListener listener;

	private final long begun = System.nanoTime();

	private boolean waits;

	private @Nullable HeldRequest request;

	private @Nullable Node node;

	HeldCall(RerouteListener listener) {
		this.listener = listener;
	}

	/**
	 * Notes that the call waits now, for the first time or again.
	 */
	void waits() {
		if (!this.waits) {
			this.waits = true;
			this.request = this.listener.held();
		}
	}

	/**
	 * Notes that the call has got a connection.
	 */
	void served(Node node) {
		this.node = node;
	}

	/**
	 * Ends the call.
	 * @param route the current route
	 */
	void end(Route route) {
		HeldRequest held = this.request;
		if (held != null) {
			held.ended(route, this.node, elapsed());
		}
	}

	long begun() {
		return this.begun;
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.begun);
	}

}
