package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.policy.Cluster;
import dev.failover.internal.policy.Leadership;
import dev.failover.internal.policy.Rivalry;
import dev.failover.internal.replication.ReplicationWatch;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Cluster} as probes have shown it, with the replication and the growth that
 * are measured beside it. Confined to the monitor's thread.
 */
final class ClusterState {

	private final Map<Node, Long> firstBadSignals = new LinkedHashMap<>();

	private final GrowthWatch growth = new GrowthWatch();

	private final ReplicationWatch replication;

	private Cluster cluster;

	ClusterState(List<NodeStatus> nodes, Duration maxLag) {
		this.cluster = Cluster.unknown(nodes);
		this.replication = new ReplicationWatch(maxLag);
	}

	NodeStatus status(Node node) {
		return this.cluster.status(node);
	}

	/**
	 * Returns the status of all nodes, in order of preference, with their replication.
	 */
	List<NodeStatus> all() {
		return this.cluster.nodes().stream().map(this::withReplication).toList();
	}

	Leadership leadership() {
		return this.cluster.leadership();
	}

	/**
	 * Returns the {@link System#nanoTime()} of the first bad signal of a node that no
	 * good answer has followed, or 0.
	 */
	long firstBadSignal(Node node) {
		return this.firstBadSignals.getOrDefault(node, 0L);
	}

	/**
	 * Returns the servers that accept writes at once, or null if at most one does.
	 */
	@Nullable Rivalry rivalry() {
		Set<Node> grown = this.cluster.writable()
			.stream()
			.map(NodeStatus::node)
			.filter(this.growth::hasGrown)
			.collect(Collectors.toSet());
		return this.cluster.rivalry(grown);
	}

	/**
	 * Records that writes go to a node: the other servers are its followers from now on.
	 */
	void lead(@Nullable Node node) {
		if (node != null) {
			this.cluster = this.cluster.led(node);
			followLeader();
			this.cluster = this.cluster.followed(node, false, null, this.replication::followsLeader);
		}
	}

	/**
	 * Records that an operator has put writes on the leader.
	 */
	void choose(Instant at) {
		this.cluster = this.cluster.chosen(at);
	}

	/**
	 * Records that writes go to another server behind a node, although automatic changes
	 * are paused.
	 */
	void leadInPause(Node node) {
		this.cluster = this.cluster.ledInPause(node);
	}

	private void followLeader() {
		this.replication.follow(this.cluster.leadership().leader());
	}

	void learn(ProbeResult result) {
		NodeStatus old = status(result.node());
		Reading reading = result.reading();
		Instant at = result.probe().at();
		this.cluster = this.cluster.probed(learned(old, result), reading != null, at);
		this.firstBadSignals.put(old.node(), result.firstBadSignal());
		if (this.cluster.severalWritableSince() == null) {
			this.growth.clear();
		}
		else if (reading != null && reading.history() != null) {
			this.growth.read(old.node(), reading.history(), at);
		}
		if (reading != null) {
			this.replication.read(old.node(), reading, at);
			followLeader();
		}
	}

	private static NodeStatus learned(NodeStatus old, ProbeResult result) {
		Reading reading = result.reading();
		NodeState state = state(old, result);
		boolean unusable = result.probe().errorClass() == ErrorClass.UNUSABLE;
		Instant at = result.probe().at();
		return new NodeStatus(old.node(), old.address(), (result.server() != null) ? result.server() : old.server(),
				(reading != null) ? reading.instance() : old.instance(), state,
				unusable ? Role.UNUSABLE : role(old, state, reading), result.breaker(),
				(state == old.state()) ? old.since() : at, (reading != null) ? at : old.lastAnswered(), result.probe(),
				(reading != null) ? reading.history() : old.history(), null);
	}

	/**
	 * Records the replication of a node. A follower that the leader lists follows it. One
	 * that it does not list may have left it a moment ago: only its own next reading
	 * shows that it follows another server and yet the same history.
	 */
	void learn(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.replication.readReplication(node, reading, at);
		boolean receiving = reading != null && reading.isReceiving();
		this.cluster = this.cluster.followed(node, receiving, this.replication.nameOf(node),
				this.replication::followsLeader);
		followLeader();
	}

	/**
	 * Records a breaker that a person has forced, without a probe. A change by a probe
	 * comes with the result of the probe.
	 */
	void breaker(Node node, BreakerState breaker) {
		NodeStatus old = status(node);
		if (old.breaker() != breaker && (breaker.forced() || old.breaker().forced())) {
			this.cluster = this.cluster.with(old.withBreaker(breaker));
		}
	}

	private static NodeState state(NodeStatus old, ProbeResult result) {
		if (!result.breaker().permits()) {
			return NodeState.DOWN;
		}
		return switch (result.probe().verdict()) {
			case UP -> NodeState.UP;
			case IMPAIRED -> NodeState.IMPAIRED;
			case DOWN -> old.state();
		};
	}

	private static Role role(NodeStatus old, NodeState state, @Nullable Reading reading) {
		if (reading != null) {
			return reading.role();
		}
		return (state == NodeState.DOWN) ? Role.UNKNOWN : old.role();
	}

	private NodeStatus withReplication(NodeStatus status) {
		return status.withReplication(this.replication.of(status.node()));
	}

}
