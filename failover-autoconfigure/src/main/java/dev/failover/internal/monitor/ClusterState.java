package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.BreakerState;
import dev.failover.History;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.replication.ReplicationWatch;
import org.jspecify.annotations.Nullable;

/**
 * Last known status of each node, the leader and the lineage, which is the history of the
 * leader. Confined to the monitor's thread.
 */
final class ClusterState {

	private final Map<Node, NodeStatus> nodes = new LinkedHashMap<>();

	private final Map<Node, Long> firstBadSignals = new LinkedHashMap<>();

	private final ReplicationWatch replication;

	private @Nullable History lineage;

	private @Nullable Instant severalWritableSince;

	ClusterState(List<NodeStatus> nodes, Duration maxLag) {
		nodes.forEach((node) -> this.nodes.put(node.node(), node));
		this.replication = new ReplicationWatch(maxLag);
	}

	NodeStatus status(Node node) {
		NodeStatus status = this.nodes.get(node);
		if (status == null) {
			throw new IllegalArgumentException("There is no node named '" + node + "'");
		}
		return status;
	}

	/**
	 * Returns the status of all nodes, in order of preference, with their replication.
	 */
	List<NodeStatus> all() {
		return this.nodes.values().stream().map(this::withReplication).toList();
	}

	@Nullable Node leader() {
		return this.replication.leader();
	}

	@Nullable History lineage() {
		return this.lineage;
	}

	/**
	 * Returns the {@link System#nanoTime()} of the first bad signal of a node that no
	 * good answer has followed, or 0.
	 */
	long firstBadSignal(Node node) {
		return this.firstBadSignals.getOrDefault(node, 0L);
	}

	/**
	 * Returns whether several nodes are writable and each was read as writable after the
	 * last of them became writable. In a clean switchover the old leader was merely not
	 * read again yet.
	 */
	boolean splitBrain() {
		Instant since = this.severalWritableSince;
		return since != null && writable().stream()
			.map(NodeStatus::lastAnswered)
			.allMatch((answered) -> answered != null && answered.isAfter(since));
	}

	private List<NodeStatus> writable() {
		return this.nodes.values().stream().filter(NodeStatus::isWritable).toList();
	}

	/**
	 * Records that writes go to a node: the others are its followers from now on.
	 */
	void lead(@Nullable Node node) {
		this.replication.follow(node);
		extendLineage();
	}

	/**
	 * Records that an operator has moved writes to a node: its history becomes the
	 * lineage.
	 */
	void leadByOrder(Node node) {
		this.lineage = null;
		lead(node);
	}

	void learn(ProbeResult result) {
		NodeStatus old = status(result.node());
		Reading reading = result.reading();
		NodeState state = state(old, result);
		boolean answered = reading != null;
		Instant at = result.probe().at();
		this.nodes.put(old.node(),
				new NodeStatus(old.node(), old.address(), (result.server() != null) ? result.server() : old.server(),
						state, role(old, state, reading), result.breaker(), (state == old.state()) ? old.since() : at,
						answered ? at : old.lastAnswered(), result.probe(), identity(old, reading), null));
		this.firstBadSignals.put(old.node(), result.firstBadSignal());
		if (reading != null) {
			this.replication.read(old.node(), reading, at);
		}
		noteSeveralWritable(at);
		extendLineage();
	}

	void learn(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.replication.readReplication(node, reading, at);
		NodeStatus old = status(node);
		History identity = old.history();
		if (reading != null && reading.generation() != null && identity != null && old.role() == Role.READ_ONLY) {
			this.nodes.put(node, old.withHistory(new History(identity.cluster(), reading.generation())));
		}
	}

	/**
	 * Records a breaker that a person has forced, without a probe. A change by a probe
	 * comes with the result of the probe.
	 */
	void breaker(Node node, BreakerState breaker) {
		NodeStatus old = status(node);
		if (old.breaker() != breaker && (breaker.forced() || old.breaker().forced())) {
			this.nodes.put(node, old.withBreaker(breaker));
		}
	}

	private void extendLineage() {
		Node leader = this.replication.leader();
		NodeStatus leading = (leader != null) ? status(leader) : null;
		History read = (leading != null && leading.role() == Role.WRITABLE) ? leading.history() : null;
		History known = this.lineage;
		if (read != null && (known == null
				|| (known.sameCluster(read) && read.generationOrUnknown() >= known.generationOrUnknown()))) {
			this.lineage = read;
		}
	}

	private void noteSeveralWritable(Instant at) {
		boolean several = writable().size() > 1;
		if (!several || this.severalWritableSince == null) {
			this.severalWritableSince = several ? at : null;
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

	/**
	 * Returns the history that was read. The role query of a follower returns no
	 * generation, so the one from its replication is kept.
	 */
	private static @Nullable History identity(NodeStatus old, @Nullable Reading reading) {
		History read = (reading != null) ? reading.history() : null;
		History known = old.history();
		if (read == null) {
			return known;
		}
		boolean keep = read.generation() == null && known != null && known.sameCluster(read);
		return keep ? known : read;
	}

	private NodeStatus withReplication(NodeStatus status) {
		return status.withReplication(this.replication.of(status.node()));
	}

}
