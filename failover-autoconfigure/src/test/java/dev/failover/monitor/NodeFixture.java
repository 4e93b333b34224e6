package dev.failover.monitor;

import java.time.Duration;
import java.time.Instant;

import dev.failover.topology.BreakerState;
import dev.failover.topology.Identity;
import dev.failover.topology.LastProbe;
import dev.failover.topology.Node;
import dev.failover.topology.NodeState;
import dev.failover.topology.NodeStatus;
import dev.failover.topology.Replication;
import dev.failover.topology.Role;
import dev.failover.topology.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of nodes, written by hand.
 */
final class NodeFixture {

	static final Node PRIMARY = new Node("primary");

	static final Node MIRROR = new Node("mirror");

	static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	static final String CLUSTER = "7423900012345678901";

	static final Identity FOREIGN = new Identity("1111111111111111111", 9L);

	/** Of a follower that is verified and without lag. */
	static final Replication IN_STEP = verified(Duration.ZERO);

	/** Of a node that followed without lag and no longer does. */
	static final Replication FOLLOWED = unverified(Duration.ZERO);

	private NodeFixture() {
	}

	static NodeStatus unknown(Node node) {
		return NodeStatus.unknown(node, NOW);
	}

	/**
	 * A leader: writable, of the given generation.
	 */
	static NodeStatus writable(Node node, long generation) {
		return up(node, Role.WRITABLE, new Identity(CLUSTER, generation), null);
	}

	/**
	 * A promoted follower: writable, with the sample that it had while it followed.
	 */
	static NodeStatus promoted(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.WRITABLE, new Identity(CLUSTER, generation), sample);
	}

	/**
	 * A writer of another system, with a sample that says nothing.
	 */
	static NodeStatus foreign(Node node) {
		return up(node, Role.WRITABLE, new Identity("another", 7L), unverified(null));
	}

	/**
	 * A verified follower without lag.
	 */
	static NodeStatus standby(Node node, long generation) {
		return standby(node, generation, verified(Duration.ZERO));
	}

	static NodeStatus standby(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.READ_ONLY, new Identity(CLUSTER, generation), sample);
	}

	static NodeStatus up(Node node, Role role, @Nullable Identity identity, @Nullable Replication sample) {
		return new NodeStatus(node, NodeState.UP, role, BreakerState.CLOSED, NOW, NOW, probe(Verdict.UP, null),
				identity, sample);
	}

	static NodeStatus down(Node node) {
		return down(node, BreakerState.OPEN);
	}

	static NodeStatus down(Node node, BreakerState breaker) {
		return new NodeStatus(node, NodeState.DOWN, Role.UNKNOWN, breaker, NOW, NOW,
				probe(Verdict.DOWN, "08001 refused"), new Identity(CLUSTER, 1L), null);
	}

	/**
	 * Down, and has never answered this application.
	 */
	static NodeStatus neverSeen(Node node) {
		return new NodeStatus(node, NodeState.DOWN, Role.UNKNOWN, BreakerState.OPEN, NOW, null,
				probe(Verdict.DOWN, "08001 refused"), null, null);
	}

	static NodeStatus impaired(Node node) {
		return new NodeStatus(node, NodeState.IMPAIRED, Role.UNKNOWN, BreakerState.CLOSED, NOW, null,
				probe(Verdict.IMPAIRED, "53300 sorry, too many clients already"), null, null);
	}

	/**
	 * The same with another breaker state, as by a person's hand.
	 */
	static NodeStatus with(NodeStatus status, BreakerState breaker) {
		return new NodeStatus(status.node(), status.state(), status.role(), breaker, status.since(),
				status.lastAnswered(), status.lastProbe(), status.identity(), status.replication());
	}

	static Replication verified(@Nullable Duration lag) {
		return sample(true, lag, NOW);
	}

	static Replication unverified(@Nullable Duration lag) {
		return sample(false, lag, NOW);
	}

	static Replication sample(boolean verified, @Nullable Duration lag, Instant at) {
		return new Replication(verified, lag, 0L, at, false,
				verified ? null : "it accepted writes of its own when it was last read");
	}

	private static LastProbe probe(Verdict verdict, @Nullable String error) {
		return new LastProbe(NOW, Duration.ofMillis(1), verdict, error);
	}

}
