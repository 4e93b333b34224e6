package dev.failover;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Shows and controls the failover of the application's data source. Can be injected into
 * beans of the application.
 * <p>
 * Thread-safe. The first call of a method other than {@link #requests()} starts the
 * engine and waits until it is built; after that {@link #state()} and {@link #pool(Node)}
 * never block and never open a connection.
 */
public interface Failover {

	/**
	 * Returns the current state: route, nodes, conditions and recent changes.
	 */
	FailoverState state();

	/**
	 * Returns the current use of the connection pool on a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	PoolStats pool(Node node);

	/**
	 * Returns the numbers of requests for a connection that had to wait for a route or
	 * were refused. Never blocks.
	 */
	RequestStats requests();

	/**
	 * Moves the route to a node: holds new requests, lets work in flight end, waits until
	 * the node accepts writes, then publishes the new route.
	 * @param force whether to accept a node that lags, is not verified or has diverged
	 * @param operator name of the caller, for log and history
	 * @return completes with the change of the route, or fails with
	 * {@link OperationRefusedException}; the route is unchanged then
	 * @throws IllegalArgumentException if there is no such node
	 */
	CompletableFuture<RouteChange> switchover(Node target, boolean force, String operator);

	/**
	 * Moves the route back to the primary, as {@link #switchover} without force does.
	 * @param operator name of the caller, for log and history
	 */
	CompletableFuture<RouteChange> failback(String operator);

	/**
	 * Stops automatic changes of the route until {@link #resume} is called.
	 * @param operator name of the caller, for the log
	 * @return completes when automatic changes have stopped
	 */
	CompletableFuture<Void> pause(String operator);

	/**
	 * Allows automatic changes of the route again.
	 * @param operator name of the caller, for the log
	 * @return completes when automatic changes are allowed
	 */
	CompletableFuture<Void> resume(String operator);

	/**
	 * Rehearses the loss of the node that accepts writes, inside pools and probes; the
	 * database is not touched. The drill ends by itself.
	 * @param duration time for which the fault lasts, up to 5 minutes
	 * @param operator name of the caller, for the log
	 * @return completes with a report when the drill has ended
	 * @throws OperationRefusedException if the drill may not begin
	 */
	CompletableFuture<DrillReport> drill(DrillFault fault, Duration duration, String operator);

}
