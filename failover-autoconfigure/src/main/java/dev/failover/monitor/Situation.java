package dev.failover.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.failover.topology.Identity;
import dev.failover.topology.Node;
import dev.failover.topology.NodeStatus;
import dev.failover.topology.Route;

/**
 * All that a decision is made from.
 *
 * @param route the current route
 * @param nodes what is known of each node, in order of preference
 * @param leader the node that last took writes, or null before there was one
 * @param lineage identity of the leader when it was last read, or null
 * @param splitBrain whether several nodes are known to take writes at once
 * @param held whether an operator stopped automatic changes
 * @param flaps how often the preferred node was lost again soon after it had returned
 * @param now this moment
 */
record Situation(Route route, List<NodeStatus> nodes, @Nullable Node leader, @Nullable Identity lineage,
		boolean splitBrain, boolean held, Flaps flaps, Instant now) {

	Situation {
		nodes = List.copyOf(nodes);
	}

	/**
	 * The preferred node.
	 */
	NodeStatus home() {
		return this.nodes.get(0);
	}

	boolean isHome(@Nullable Node node) {
		return home().node().equals(node);
	}

	Optional<NodeStatus> status(@Nullable Node node) {
		return this.nodes.stream().filter((status) -> status.node().equals(node)).findFirst();
	}

	boolean conclusive() {
		return this.nodes.stream().allMatch(NodeStatus::conclusive);
	}

	/**
	 * When the leader last answered; what followers held then is what they hold of it.
	 */
	@Nullable Instant leaderLastAnswered() {
		return status(this.leader).map(NodeStatus::lastAnswered).orElse(null);
	}

}
