package dev.failover.internal.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.dialect.Dialect.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * Input of the checks in one round. Immutable.
 *
 * @param nodes configuration of the nodes, in order of preference
 * @param state current state of failover
 * @param dnsCache the JVM's cache of host names
 * @param inspections last inspection of each node
 * @param earlierInspections last inspection of each node as of the round before
 * @param previousFindings findings of the round before
 */
record CheckContext(List<NodeSettings> nodes, FailoverState state, DnsCache dnsCache,
		Map<Node, NodeInspection> inspections, Map<Node, NodeInspection> earlierInspections,
		List<Finding> previousFindings) {

	CheckContext {
		nodes = List.copyOf(nodes);
		inspections = Map.copyOf(inspections);
		earlierInspections = Map.copyOf(earlierInspections);
		previousFindings = List.copyOf(previousFindings);
	}

	/**
	 * Returns the preferred node: the others must be able to take its work.
	 */
	NodeSettings preferred() {
		return this.nodes.get(0);
	}

	/**
	 * Returns the nodes that could take the work of the preferred one when it is lost.
	 */
	List<NodeSettings> others() {
		return this.nodes.subList(1, this.nodes.size());
	}

	/**
	 * Returns the facts about the server of a node, or null before its first inspection.
	 */
	@Nullable ServerFacts server(Node node) {
		NodeInspection inspection = this.inspections.get(node);
		return (inspection != null) ? inspection.server() : null;
	}

	/**
	 * Returns the migration history of a node if the last two inspections found the same
	 * one, else null.
	 */
	@Nullable MigrationHistory settledHistory(Node node) {
		NodeInspection now = this.inspections.get(node);
		NodeInspection before = this.earlierInspections.get(node);
		if (now == null || before == null || now.history() == null) {
			return null;
		}
		return now.history().equals(before.history()) ? now.history() : null;
	}

	/**
	 * Returns the finding of the previous round, which remains valid as long as the check
	 * cannot be made.
	 */
	Optional<Finding> previousFinding(String id, Node node) {
		return this.previousFindings.stream()
			.filter((finding) -> finding.id().equals(id) && node.equals(finding.node()))
			.findFirst();
	}

}
