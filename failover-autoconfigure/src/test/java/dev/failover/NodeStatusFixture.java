package dev.failover;

import java.time.Duration;
import java.time.Instant;

import dev.failover.stub.Histories;
import org.jspecify.annotations.Nullable;

/**
 * Statuses of nodes, for tests of decisions.
 */
public final class NodeStatusFixture {

	public static final Node PRIMARY = new Node("primary");

	public static final Node MIRROR = new Node("mirror");

	public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	public static final String CLUSTER = "7423900012345678901";

	/** Sample of a verified follower without lag. */
	public static final Replication IN_STEP = verified(Duration.ZERO);

	/** Sample of a node that followed without lag and no longer follows. */
	public static final Replication FOLLOWED = unverified(Duration.ZERO);

	private static volatile Histories histories = Histories.GENERATIONS;

	private NodeStatusFixture() {
	}

	/**
	 * Sets the kind of database that the nodes are of, from now on.
	 */
	public static void use(Histories kind) {
		histories = kind;
	}

	/**
	 * Returns the history of a leader of the given generation, or of its follower.
	 */
	public static History history(long generation) {
		return histories.after(CLUSTER, generation);
	}

	/**
	 * Returns the history of another database.
	 */
	public static History foreignHistory() {
		return histories.after("1111111111111111111", 9);
	}

	public static NodeStatus unknown(Node node) {
		return NodeStatus.unknown(node, "db:1/orders", NOW);
	}

	/**
	 * Returns the status of a leader of the given generation.
	 */
	public static NodeStatus writable(Node node, long generation) {
		return up(node, Role.WRITABLE, history(generation), null);
	}

	/**
	 * Returns the status of a promoted follower, with the sample from before its
	 * promotion.
	 */
	public static NodeStatus promoted(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.WRITABLE, history(generation), sample);
	}

	/**
	 * Returns the status of a promoted follower that is not known to have had all of its
	 * leader's data.
	 */
	public static NodeStatus promotedTooEarly(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.WRITABLE, histories.afterLoss(CLUSTER, generation), sample);
	}

	/**
	 * Returns the status of a node that answers and says that it must not be used.
	 */
	public static NodeStatus unusable(Node node) {
		return up(node, Role.UNUSABLE, history(1), null);
	}

	/**
	 * Returns the status of a writable node of another cluster, without a known lag.
	 */
	public static NodeStatus foreign(Node node) {
		return up(node, Role.WRITABLE, histories.after("another", 7), unverified(null));
	}

	/**
	 * Returns the status of a verified follower without lag.
	 */
	public static NodeStatus standby(Node node, long generation) {
		return standby(node, generation, IN_STEP);
	}

	public static NodeStatus standby(Node node, long generation, @Nullable Replication sample) {
		return up(node, Role.READ_ONLY, history(generation), sample);
	}

	public static NodeStatus up(Node node, Role role, @Nullable History history, @Nullable Replication sample) {
		return new NodeStatus(node, "db:1/orders", null, null, NodeState.UP, role, BreakerState.CLOSED, NOW, NOW,
				probe(Verdict.UP, null), history, sample);
	}

	/**
	 * Returns a copy of a status that was read from a server.
	 */
	public static NodeStatus on(NodeStatus status, @Nullable String instance) {
		return on(status, instance, NOW);
	}

	/**
	 * Returns a copy of a status that was read from a server at a time.
	 */
	public static NodeStatus on(NodeStatus status, @Nullable String instance, Instant at) {
		return new NodeStatus(status.node(), status.address(), status.server(), instance, status.state(), status.role(),
				status.breaker(), status.since(), at, asked(status, at), status.history(), status.replication());
	}

	private static @Nullable Probe asked(NodeStatus status, Instant at) {
		Probe probe = status.lastProbe();
		return (probe != null) ? new Probe(at, probe.took(), probe.verdict(), probe.error(), probe.errorClass()) : null;
	}

	/**
	 * Returns a copy of the status of a node that answers, and refuses new connections.
	 */
	public static NodeStatus refusingConnections(NodeStatus status) {
		return new NodeStatus(status.node(), status.address(), status.server(), status.instance(), NodeState.IMPAIRED,
				status.role(), status.breaker(), status.since(), status.lastAnswered(), new Probe(NOW,
						Duration.ofMillis(1), Verdict.IMPAIRED, "08001 Connection refused", ErrorClass.CONNECTION_LOST),
				status.history(), status.replication());
	}

	public static NodeStatus down(Node node) {
		return down(node, BreakerState.OPEN);
	}

	public static NodeStatus down(Node node, BreakerState breaker) {
		return new NodeStatus(node, "db:1/orders", null, null, NodeState.DOWN, Role.UNKNOWN, breaker, NOW, NOW,
				probe(Verdict.DOWN, "08001 refused"), history(1), null);
	}

	/**
	 * Returns the status of a node that is down and has never answered.
	 */
	public static NodeStatus neverSeen(Node node) {
		return new NodeStatus(node, "db:1/orders", null, null, NodeState.DOWN, Role.UNKNOWN, BreakerState.OPEN, NOW,
				null, probe(Verdict.DOWN, "08001 refused"), null, null);
	}

	public static NodeStatus impaired(Node node) {
		return impaired(node, probe(Verdict.IMPAIRED, "53300 sorry, too many clients already"));
	}

	/**
	 * Returns the status of a node that is alive and refuses the login.
	 */
	public static NodeStatus refused(Node node) {
		return impaired(node, new Probe(NOW, Duration.ofMillis(1), Verdict.IMPAIRED,
				"28P01 password authentication failed", ErrorClass.UNAUTHORIZED));
	}

	/**
	 * Returns the status of a node that was lost and has just answered.
	 */
	public static NodeStatus returning(Node node) {
		return new NodeStatus(node, "db:1/orders", null, null, NodeState.DOWN, Role.WRITABLE, BreakerState.HALF_OPEN,
				NOW, NOW, probe(Verdict.UP, null), null, null);
	}

	/**
	 * Returns the status of a node that answers and refuses new connections.
	 */
	public static NodeStatus unreachable(Node node) {
		return impaired(node, new Probe(NOW, Duration.ofMillis(1), Verdict.IMPAIRED, "08001 Connection refused",
				ErrorClass.CONNECTION_LOST));
	}

	/**
	 * Returns the status of a member of a cluster that refuses the probe for want of
	 * quorum.
	 */
	public static NodeStatus withoutQuorum(Node node) {
		return impaired(node, Role.UNUSABLE, new Probe(NOW, Duration.ofMillis(1), Verdict.IMPAIRED,
				"08S01 WSREP has not yet prepared node for application use", ErrorClass.UNUSABLE));
	}

	private static NodeStatus impaired(Node node, Probe probe) {
		return impaired(node, Role.UNKNOWN, probe);
	}

	private static NodeStatus impaired(Node node, Role role, Probe probe) {
		return new NodeStatus(node, "db:1/orders", null, null, NodeState.IMPAIRED, role, BreakerState.CLOSED, NOW, null,
				probe, null, null);
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
