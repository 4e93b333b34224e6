package dev.failover;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * State of failover at one moment: the content of the endpoint, of health and of the
 * gauges.
 *
 * @param route the route
 * @param automatic whether the route changes by itself; false while an operator has
 * paused it
 * @param ready whether another node could take over right now
 * @param conditions conditions that limit failover
 * @param operation operation under way, or null
 * @param detectionBudget longest time from the loss of a node to the new route
 * @param positionUnit unit of {@link Replication#behind()}, such as {@code bytes}
 * @param nodes status of each node, in order of preference
 * @param changes last changes of the route, oldest first
 */
public record FailoverState(Route route, boolean automatic, boolean ready, List<Condition> conditions,
		@Nullable Operation operation, Duration detectionBudget, String positionUnit, List<NodeStatus> nodes,
		List<RouteChange> changes) {

	public FailoverState {
		conditions = List.copyOf(conditions);
		nodes = List.copyOf(nodes);
		changes = List.copyOf(changes);
	}

	/**
	 * Returns the work that the application can do now. It is less than the mode of the
	 * route while automatic changes are paused and the route stays on a lost node.
	 */
	public Mode mode() {
		if (isServing(this.route.writes())) {
			return this.route.mode();
		}
		return this.route.reads().stream().anyMatch(this::isServing) ? Mode.READ_ONLY : Mode.UNAVAILABLE;
	}

	private boolean isServing(@Nullable Node node) {
		return node != null && !status(node).isLost();
	}

	/**
	 * Returns the status of a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public NodeStatus status(Node node) {
		return this.nodes.stream()
			.filter((status) -> status.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node is named '" + node + "'"));
	}

	/**
	 * Returns a copy with another operation under way, or with none.
	 */
	public FailoverState withOperation(@Nullable Operation operation) {
		return new FailoverState(this.route, this.automatic, this.ready, this.conditions, operation,
				this.detectionBudget, this.positionUnit, this.nodes, this.changes);
	}

}
