package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;

import dev.failover.BreakerState;
import dev.failover.History;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Statuses of nodes, written by hand.
 */
public final class NodeFixture {

	public static final Node PRIMARY = new Node("primary");

	public static final Node MIRROR = new Node("mirror");

	public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	public static final String CLUSTER = "7423900012345678901";

	public static final History FOREIGN = new History("1111111111111111111", 9L);

	/** Of a follower that is verified and without lag. */
	public static final Replication IN_STEP = verified(Duration.ZERO);

	/** Of a node that followed without lag and no longer does. */
	public static final Replication FOLLOWED = unverified(Duration.ZERO);

	private NodeFixture() {
	}

	public static NodeStatus unknown(Node node) {
		return NodeStatus.unknown(node, "db:1/orders", NOW);
	}

	/**
	 * A leader: writable, of the given generation.
	 */
	public static NodeStatus writable(Node node, long generation) {
		return up(node, Role.WRITABLE, new History(CLUSTER, generation), null);
	}

	/**
	 * A promoted follower: writable, with the sample that it had while it followed.
	 */
	public static NodeStatus promoted(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.WRITABLE, new History(CLUSTER, generation), sample);
	}

	/**
	 * A writer of another system, with a sample that says nothing.
	 */
	public static NodeStatus foreign(Node node) {
		return up(node, Role.WRITABLE, new History("another", 7L), unverified(null));
	}

	/**
	 * A verified follower without lag.
	 */
	public static NodeStatus standby(Node node, long generation) {
		return standby(node, generation, verified(Duration.ZERO));
	}

	public static NodeStatus standby(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.READ_ONLY, new History(CLUSTER, generation), sample);
	}

	public static NodeStatus up(Node node, Role role, @Nullable History history, @Nullable Replication sample) {
		return new NodeStatus(node, "db:1/orders", null, NodeState.UP, role, BreakerState.CLOSED, NOW, NOW,
				probe(Verdict.UP, null), history, sample);
	}

	public static NodeStatus down(Node node) {
		return down(node, BreakerState.OPEN);
	}

	public static NodeStatus down(Node node, BreakerState breaker) {
		return new NodeStatus(node, "db:1/orders", null, NodeState.DOWN, Role.UNKNOWN, breaker, NOW, NOW,
				probe(Verdict.DOWN, "08001 refused"), new History(CLUSTER, 1L), null);
	}

	/**
	 * Down, and has never answered this application.
	 */
	public static NodeStatus neverSeen(Node node) {
		return new NodeStatus(node, "db:1/orders", null, NodeState.DOWN, Role.UNKNOWN, BreakerState.OPEN, NOW, null,
				probe(Verdict.DOWN, "08001 refused"), null, null);
	}

	public static NodeStatus impaired(Node node) {
		return new NodeStatus(node, "db:1/orders", null, NodeState.IMPAIRED, Role.UNKNOWN, BreakerState.CLOSED, NOW,
				null, probe(Verdict.IMPAIRED, "53300 sorry, too many clients already"), null, null);
	}

	/**
	 * Returns the status with another breaker state, as set by a person.
	 */
	public static NodeStatus with(NodeStatus status, BreakerState breaker) {
		return new NodeStatus(status.node(), status.address(), status.server(), status.state(), status.role(), breaker,
				status.since(), status.lastAnswered(), status.lastProbe(), status.history(), status.replication());
	}

	public static Replication verified(@Nullable Duration lag) {
		return sample(true, lag, NOW);
	}

	public static Replication unverified(@Nullable Duration lag) {
		return sample(false, lag, NOW);
	}

	public static Replication sample(boolean verified, @Nullable Duration lag, Instant at) {
		return new Replication(verified, lag, 0L, at, false,
				verified ? null : "it accepted writes of its own when it was last read");
	}

	private static Probe probe(Verdict verdict, @Nullable String error) {
		return new Probe(NOW, Duration.ofMillis(1), verdict, error);
	}

}
