package dev.failover.internal.routing;

import java.time.Duration;

import dev.failover.FailoverObserver.HeldRequest;
import dev.failover.Node;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Call for a connection that may have to wait for a route; tells a listener if it does.
 * Confined to the caller's thread.
 */
final class HeldCall {

	private static final Logger logger = LoggerFactory.getLogger(HeldCall.class);

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
	 * Ends the call. An error of who listens does not cost the caller its connection.
	 * @param route the current route
	 */
	void end(Route route) {
		HeldRequest held = this.request;
		if (held != null) {
			try {
				held.ended(route, this.node, elapsed());
			}
			catch (Throwable ex) {
				logger.debug("The end of a held request could not be told", ex);
			}
		}
	}

	long begun() {
		return this.begun;
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.begun);
	}

}
