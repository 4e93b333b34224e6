package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.failover.BreakerState;
import dev.failover.History.Relation;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.policy.Leadership;
import dev.failover.internal.policy.Rivalry;
import dev.failover.internal.replication.ReplicationWatch;
import org.jspecify.annotations.Nullable;

/**
 * Last known status of each node, and the leadership that follows from it. Confined to
 * the monitor's thread.
 */
final class ClusterState {

	private final Map<Node, NodeStatus> nodes = new LinkedHashMap<>();

	private final Map<Node, Long> firstBadSignals = new LinkedHashMap<>();

	private final GrowthWatch growth = new GrowthWatch();

	private final ReplicationWatch replication;

	private Leadership leadership = Leadership.NONE;

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

	Leadership leadership() {
		return this.leadership;
	}

	/**
	 * Returns the {@link System#nanoTime()} of the first bad signal of a node that no
	 * good answer has followed, or 0.
	 */
	long firstBadSignal(Node node) {
		return this.firstBadSignals.getOrDefault(node, 0L);
	}

	/**
	 * Returns the servers that accept writes at once, or null if at most one does. They
	 * are confirmed once each was read as writable after the last of them became
	 * writable: in a clean switchover the old leader was merely not read again yet.
	 */
	@Nullable Rivalry rivalry() {
		Instant since = this.severalWritableSince;
		if (since == null) {
			return null;
		}
		boolean confirmed = writable().stream()
			.map(NodeStatus::lastAnswered)
			.allMatch((answered) -> answered != null && answered.isAfter(since));
		return new Rivalry(since, confirmed,
				writable().stream().map(NodeStatus::node).filter(this.growth::hasGrown).collect(Collectors.toSet()));
	}

	private List<NodeStatus> writable() {
		return this.nodes.values().stream().filter(NodeStatus::isWritable).toList();
	}

	/**
	 * Records that writes go to a node: the other servers are its followers from now on.
	 */
	void lead(@Nullable Node node) {
		if (node != null) {
			change(this.leadership.led(status(node)));
		}
	}

	private void change(Leadership leadership) {
		this.leadership = leadership;
		String server = (leadership.server() != null) ? leadership.server()
				: Optional.ofNullable(leadership.node()).map(Node::name).orElse(null);
		this.replication.follow(leadership.deposed() ? null : server);
	}

	void learn(ProbeResult result) {
		NodeStatus old = status(result.node());
		Reading reading = result.reading();
		NodeState state = state(old, result);
		Instant at = result.probe().at();
		NodeStatus learned = new NodeStatus(old.node(), old.address(),
				(result.server() != null) ? result.server() : old.server(),
				(reading != null) ? reading.instance() : old.instance(), state, role(old, state, reading),
				result.breaker(), (state == old.state()) ? old.since() : at,
				(reading != null) ? at : old.lastAnswered(), result.probe(),
				(reading != null) ? reading.history() : old.history(), null);
		this.nodes.put(old.node(), learned);
		this.firstBadSignals.put(old.node(), result.firstBadSignal());
		noteSeveralWritable(at);
		if (reading != null) {
			this.replication.read(old.node(), reading, at);
			if (this.severalWritableSince != null && reading.history() != null) {
				this.growth.read(old.node(), reading.history(), at);
			}
			change(this.leadership.read(learned));
			noteRivals();
		}
	}

	/**
	 * Records the replication of a node. A follower that the leader lists follows it. One
	 * that it does not list may have left it a moment ago: only its own next reading
	 * shows that it follows another server and yet the same history.
	 */
	void learn(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.replication.readReplication(node, reading, at);
		for (NodeStatus status : this.nodes.values()) {
			if (status.role() == Role.READ_ONLY && this.leadership.compare(status).isSameLine()) {
				this.replication.followsLeader(status.node())
					.filter((follows) -> follows || status.node().equals(node))
					.ifPresent((follows) -> this.leadership = this.leadership.withFollower(status, follows));
			}
		}
		if (reading != null && reading.isReceiving()) {
			change(this.leadership.receives(status(node)));
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

	private void noteSeveralWritable(Instant at) {
		List<NodeStatus> writable = writable();
		boolean several = writable.stream().map(Leadership::key).distinct().count() > 1;
		if (!several) {
			this.severalWritableSince = null;
			this.growth.clear();
		}
		else if (this.severalWritableSince == null) {
			this.severalWritableSince = at;
		}
	}

	/**
	 * Records the servers that were promoted while the leader went on taking writes: it
	 * was read as writable after they were.
	 */
	private void noteRivals() {
		Instant since = this.severalWritableSince;
		Instant seen = this.leadership.seenAt();
		if (since == null || seen == null || !seen.isAfter(since)) {
			return;
		}
		for (NodeStatus status : writable()) {
			if (!this.leadership.leads(status) && this.leadership.compare(status).relation() == Relation.CONTINUES) {
				this.leadership = this.leadership.withRival(status, true);
			}
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
