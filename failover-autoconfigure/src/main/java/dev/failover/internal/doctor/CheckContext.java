package dev.failover.internal.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.dialect.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at one examination. Immutable.
 *
 * @param nodes how the nodes are configured, in order of preference
 * @param state what the monitor knows
 * @param dnsCache the JVM's cache of host names
 * @param facts what the last visit to each node found
 * @param earlier what was known of each node one examination before
 * @param previous what that examination found
 */
record CheckContext(List<NodeSettings> nodes, FailoverState state, DnsCache dnsCache, Map<Node, NodeInspection> facts,
		Map<Node, NodeInspection> earlier, List<Finding> previous) {

	CheckContext {
		nodes = List.copyOf(nodes);
		facts = Map.copyOf(facts);
		earlier = Map.copyOf(earlier);
		previous = List.copyOf(previous);
	}

	/**
	 * The node that is preferred: its work is what the others must be able to take.
	 */
	NodeSettings home() {
		return this.nodes.get(0);
	}

	/**
	 * The nodes that are to take the preferred one's work.
	 */
	List<NodeSettings> others() {
		return this.nodes.subList(1, this.nodes.size());
	}

	/**
	 * What the server offers our login; null before it was visited.
	 */
	@Nullable ServerFacts server(Node node) {
		NodeInspection known = this.facts.get(node);
		return (known != null) ? known.server() : null;
	}

	/**
	 * The schema's history on a node, if it is known and was the same one examination
	 * before.
	 */
	@Nullable MigrationHistory settledHistory(Node node) {
		NodeInspection now = this.facts.get(node);
		NodeInspection before = this.earlier.get(node);
		if (now == null || before == null || now.history() == null) {
			return null;
		}
		return now.history().equals(before.history()) ? now.history() : null;
	}

	/**
	 * What was found before: it stands where it cannot be told now.
	 */
	Optional<Finding> before(String id, Node node) {
		return this.previous.stream()
			.filter((finding) -> finding.id().equals(id) && node.equals(finding.node()))
			.findFirst();
	}

}
