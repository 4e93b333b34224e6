package dev.failover.internal.monitor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.internal.detection.ProbeSignal;
import dev.failover.internal.routing.NodePool;

/**
 * The nodes, in order of preference. Immutable.
 */
public final class MonitoredNodes {

	private final Map<Node, MonitoredNode> nodes = new LinkedHashMap<>();

	private final String positionUnit;

	/**
	 * Creates the collection.
	 * @param positionUnit unit of the log positions of their servers
	 */
	public MonitoredNodes(List<MonitoredNode> nodes, String positionUnit) {
		this.positionUnit = positionUnit;
		nodes.forEach((node) -> this.nodes.put(node.node(), node));
	}

	/**
	 * Returns the pool on a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public NodePool pool(Node node) {
		MonitoredNode monitored = this.nodes.get(node);
		if (monitored == null) {
			throw new IllegalArgumentException("There is no node named '" + node + "'");
		}
		return monitored.pool();
	}

	/**
	 * Returns the unit of the log positions of their servers.
	 */
	String positionUnit() {
		return this.positionUnit;
	}

	/**
	 * Returns the number of errors in traffic that concern a node.
	 */
	public long failures() {
		return this.nodes.values().stream().map(MonitoredNode::pool).mapToLong(NodePool::failures).sum();
	}

	/**
	 * Closes all pools.
	 */
	public void close() {
		forEach((node) -> node.pool().close());
	}

	/**
	 * Returns the status of all nodes before the first probe.
	 */
	List<NodeStatus> unknown(Instant now) {
		return this.nodes.values()
			.stream()
			.map((node) -> NodeStatus.unknown(node.node(), node.address(), now))
			.toList();
	}

	void forEach(Consumer<MonitoredNode> action) {
		this.nodes.values().forEach(action);
	}

	/**
	 * Wakes the probers of all nodes.
	 */
	void probeAll() {
		forEach((node) -> node.signal().wake());
	}

	/**
	 * Wakes the probers of all nodes but one.
	 */
	void probeOthers(Node node) {
		forEach((other) -> {
			if (!other.node().equals(node)) {
				other.signal().wake();
			}
		});
	}

	/**
	 * Makes the probers of nodes that lead to the same server look again where their
	 * names lead, and their pools ready: one of the names may move on, and leave the work
	 * to the other.
	 */
	void noteShared(List<NodeStatus> statuses) {
		for (NodeStatus status : statuses) {
			boolean shared = statuses.stream().anyMatch((other) -> other != status && other.isSameServer(status));
			MonitoredNode node = this.nodes.get(status.node());
			if (node != null) {
				node.signal().shared(shared);
				node.pool().expectWork(shared);
			}
		}
	}

	/**
	 * Makes the probers of all nodes probe often, or in the usual period again.
	 */
	void setUrgent(boolean urgent) {
		Consumer<ProbeSignal> change = urgent ? ProbeSignal::hurry : ProbeSignal::relax;
		forEach((node) -> change.accept(node.signal()));
	}

}
