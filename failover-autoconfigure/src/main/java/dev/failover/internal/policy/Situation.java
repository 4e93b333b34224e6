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
 * All that a decision is made from.
 *
 * @param route the current route
 * @param nodes what is known of each node, in order of preference
 * @param leader the node that last took writes, or null before there was one
 * @param lineage identity of the leader when it was last read, or null
 * @param splitBrain whether several nodes are known to take writes at once
 * @param paused whether an operator stopped automatic changes
 * @param flaps how often the preferred node was lost again soon after it had returned
 * @param now this moment
 */
public record Situation(Route route, List<NodeStatus> nodes, @Nullable Node leader, @Nullable History lineage,
		boolean splitBrain, boolean paused, Flaps flaps, Instant now) {

	public Situation {
		nodes = List.copyOf(nodes);
	}

	/**
	 * The preferred node.
	 */
	public NodeStatus home() {
		return this.nodes.get(0);
	}

	public boolean isHome(@Nullable Node node) {
		return home().node().equals(node);
	}

	public Optional<NodeStatus> status(@Nullable Node node) {
		return this.nodes.stream().filter((status) -> status.node().equals(node)).findFirst();
	}

	public boolean conclusive() {
		return this.nodes.stream().allMatch(NodeStatus::isConclusive);
	}

	/**
	 * When the leader last answered; what followers paused then is what they hold of it.
	 */
	@Nullable Instant leaderLastAnswered() {
		return status(this.leader).map(NodeStatus::lastAnswered).orElse(null);
	}

}
