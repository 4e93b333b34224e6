package dev.failover.internal.routing;

import java.util.function.Supplier;

import dev.failover.FailoverObserver.HeldRequest;
import org.jspecify.annotations.Nullable;

/**
 * Callback for requests for a connection that the route cannot serve at once, called on
 * their threads. It must not block.
 */
@FunctionalInterface
public interface RerouteListener {

	/**
	 * Called by each caller for whom the route has no pool or another one.
	 */
	void rerouted();

	/**
	 * Called when a caller begins to wait for a route.
	 * @return is told of the end of the wait, or null
	 */
	default @Nullable HeldRequest held() {
		return null;
	}

	/**
	 * Returns a listener.
	 * @param rerouted called by each caller that the route cannot serve
	 * @param held called by each caller that begins to wait
	 */
	static RerouteListener of(Runnable rerouted, Supplier<@Nullable HeldRequest> held) {
		return new RerouteListener() {

			@Override
			public void rerouted() {
				rerouted.run();
			}

			@Override
			public @Nullable HeldRequest held() {
				return held.get();
			}

		};
	}

}
