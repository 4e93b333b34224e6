package dev.failover.internal.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Input of a decision.
 *
 * @param route the current route
 * @param nodes status of each node, in order of preference
 * @param leadership leader and lineage that the route follows
 * @param rivalry servers that accept writes at once, or null if at most one does
 * @param paused whether an operator stopped automatic changes
 * @param flaps losses of the preferred node soon after the route had returned to it
 * @param now the current time
 */
public record Situation(Route route, List<NodeStatus> nodes, Leadership leadership, @Nullable Rivalry rivalry,
		boolean paused, Flaps flaps, Instant now) {

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
	 * Returns the nodes that are not known to lead to the same server as the given one.
	 */
	Stream<NodeStatus> others(NodeStatus node) {
		return this.nodes.stream().filter((other) -> other != node && !other.isSameServer(node));
	}

	/**
	 * Returns whether enough is known of every node for the first decision.
	 */
	public boolean conclusive() {
		return this.nodes.stream().allMatch(NodeStatus::isConclusive);
	}

	/**
	 * Returns whether several servers are known to accept writes at once, of which not
	 * all write one history together.
	 */
	boolean isSplitBrain() {
		return this.rivalry != null && this.rivalry.confirmed()
				&& !isShared(this.nodes.stream().filter(NodeStatus::isWritable).map(NodeStatus::history).toList());
	}

	private static boolean isShared(List<@Nullable History> histories) {
		return histories.stream()
			.allMatch((history) -> history != null && history.isShared()
					&& Comparison.of(histories.get(0), history).isSameLine());
	}

}
