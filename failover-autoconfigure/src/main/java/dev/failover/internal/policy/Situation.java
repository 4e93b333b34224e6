package dev.failover.internal.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.failover.History;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Input of a decision.
 *
 * @param route the current route
 * @param nodes status of each node, in order of preference
 * @param leader the node that last took writes, or null before there was one
 * @param lineage history of the leader when it was last read, with which the histories of
 * other nodes are compared, or null
 * @param splitBrain whether several nodes are known to take writes at once
 * @param paused whether an operator stopped automatic changes
 * @param flaps losses of the preferred node soon after the route had returned to it
 * @param now the current time
 */
public record Situation(Route route, List<NodeStatus> nodes, @Nullable Node leader, @Nullable History lineage,
		boolean splitBrain, boolean paused, Flaps flaps, Instant now) {

	public Situation {
		nodes = List.copyOf(nodes);
	}

	/**
	 * Returns the status of the preferred node.
	 */
	public NodeStatus preferred() {
		return this.nodes.get(0);
	}

	/**
	 * Returns whether a node is the preferred one.
	 */
	public boolean isPreferred(@Nullable Node node) {
		return preferred().node().equals(node);
	}

	/**
	 * Returns the status of a node; empty for null and for an unknown node.
	 */
	public Optional<NodeStatus> status(@Nullable Node node) {
		return this.nodes.stream().filter((status) -> status.node().equals(node)).findFirst();
	}

	/**
	 * Returns whether enough is known of every node for the first decision.
	 */
	public boolean conclusive() {
		return this.nodes.stream().allMatch(NodeStatus::isConclusive);
	}

	/**
	 * Returns the time at which the leader last answered, or null if never. Samples of
	 * its followers are not valid for a later time.
	 */
	@Nullable Instant leaderLastAnswered() {
		return status(this.leader).map(NodeStatus::lastAnswered).orElse(null);
	}

}
