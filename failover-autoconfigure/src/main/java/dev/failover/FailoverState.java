package dev.failover;

import java.time.Duration;
import java.util.List;

/**
 * All that is known at one moment: what the endpoint, health and meters show.
 *
 * @param route the route
 * @param automatic whether the route changes by itself; false while an operator holds it
 * @param ready whether another node could take over right now
 * @param conditions what limits failover
 * @param detectionBudget longest time from the loss of a node to the new route
 * @param nodes what is known of each node, in order of preference
 * @param changes last changes of the route, oldest first
 */
public record FailoverState(Route route, boolean automatic, boolean ready, List<Condition> conditions,
		Duration detectionBudget, List<NodeStatus> nodes, List<RouteChange> changes) {

	public FailoverState {
		conditions = List.copyOf(conditions);
		nodes = List.copyOf(nodes);
		changes = List.copyOf(changes);
	}

	/**
	 * Status of a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public NodeStatus status(Node node) {
		return this.nodes.stream()
			.filter((status) -> status.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node is named '" + node + "'"));
	}

}
