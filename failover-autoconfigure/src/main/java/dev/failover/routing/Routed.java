package dev.failover.routing;

import org.jspecify.annotations.Nullable;

import dev.failover.topology.Route;

/**
 * A route resolved to the pool that plain connections come from.
 *
 * @param route the route
 * @param pool pool of its serving node, or null when there is none
 * @param heldUpNanos how long threads may have been held up by the node that it left:
 * taken off the time that they may still wait
 */
record Routed(Route route, @Nullable NodePool pool, long heldUpNanos) {
}
