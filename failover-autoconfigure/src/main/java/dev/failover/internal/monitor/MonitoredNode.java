package dev.failover.internal.monitor;

import dev.failover.Node;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.detection.ProbeSignal;
import dev.failover.internal.routing.NodePool;

/**
 * A node and the parts of the engine that belong to it.
 *
 * @param node the node
 * @param address host, port and database that its URL names
 * @param pool pool on the node
 * @param breaker circuit breaker of the node
 * @param signal wakes the prober of the node
 */
public record MonitoredNode(Node node, String address, NodePool pool, NodeBreaker breaker, ProbeSignal signal) {

}
