package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.failover.Route;
import dev.failover.internal.routing.HeldRequests.Ticket;

/**
 * Holds the current route and the requests that wait for another one. Only the monitor's
 * thread publishes routes.
 * <p>
 * Thread-safe. Reading it costs one volatile read.
 */
public final class CurrentRoute implements Supplier<Route> {

	private final HeldRequests heldRequests = new HeldRequests();

	private volatile ResolvedRoute current;

	/**
	 * Creates a holder that serves nothing until the first route is published.
	 */
	public CurrentRoute(Route initial) {
		this.current = ResolvedRoute.holding(initial);
	}

	/**
	 * Returns the current route.
	 */
	@Override
	public Route get() {
		return this.current.route();
	}

	/**
	 * Returns the current route with the pools that serve it.
	 */
	ResolvedRoute resolved() {
		return this.current;
	}

	/**
	 * Replaces the route and wakes the requests that wait for one. After {@link #close},
	 * the new route is shown but serves no request.
	 */
	public void publish(ResolvedRoute next) {
		replace((current) -> (current.closeReason() != null) ? next.closed(current.closeReason()) : next);
		this.heldRequests.wakeAll();
	}

	/**
	 * Holds new requests until the next route is published, each within its connection
	 * time-out, in order of arrival.
	 */
	public void hold() {
		replace((current) -> current.isClosed() ? current : current.withoutPools());
	}

	/**
	 * Serves nothing from now on and refuses the requests that wait.
	 * @param reason cause of the refusals
	 */
	public void close(RuntimeException reason) {
		replace((current) -> current.isClosed() ? current : current.closed(reason));
		this.heldRequests.wakeAll();
	}

	private synchronized void replace(UnaryOperator<ResolvedRoute> change) {
		this.current = change.apply(this.current);
	}

	/**
	 * Blocks the caller until the route differs from the one that it has seen.
	 * @param deadline time at which to stop waiting, in {@link System#nanoTime()}
	 * @return the ticket of the caller
	 * @throws SQLException if the thread was interrupted
	 */
	Ticket awaitChange(ResolvedRoute seen, long deadline) throws SQLException {
		BooleanSupplier changed = () -> this.current != seen;
		return this.heldRequests.await(changed, deadline);
	}

	/**
	 * Returns the number of requests that wait for another route now.
	 */
	int waitingRequests() {
		return this.heldRequests.waiting();
	}

}
