package dev.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;

/**
 * States of a primary and its mirror, for tests of the actuator and the doctor.
 */
public final class FailoverStateFixture {

	public static final Node PRIMARY = NodeStatusFixture.PRIMARY;

	public static final Node MIRROR = NodeStatusFixture.MIRROR;

	public static final Instant START = NodeStatusFixture.NOW;

	public static final Instant PROBED = Instant.parse("2026-11-22T10:00:05.125Z");

	private static final Replication SAMPLE = new Replication(true, Duration.ofMillis(4), 0L, PROBED, true, null);

	private static final String SERVER = "Database 18.1";

	private FailoverStateFixture() {
	}

	/**
	 * Returns the state of the documented example: both nodes work.
	 */
	public static FailoverState normal() {
		RouteChange startup = new RouteChange(1, START, Mode.NORMAL, null, PRIMARY, Cause.STARTUP,
				"primary is WRITABLE", null, 0);
		return state(route(PRIMARY, PRIMARY, Mode.NORMAL), List.of(), List.of(leader(), follower()), List.of(startup));
	}

	/**
	 * Returns the state before the first probe and the first decision.
	 */
	public static FailoverState undecided() {
		return state(Route.undecided(START), List.of(), List.of(NodeStatus.unknown(PRIMARY, address(PRIMARY), START),
				NodeStatus.unknown(MIRROR, address(MIRROR), START)), List.of());
	}

	/**
	 * Returns a state in which the primary is lost and the mirror is not promoted yet.
	 */
	public static FailoverState readOnly() {
		RouteChange lost = new RouteChange(2, PROBED, Mode.READ_ONLY, PRIMARY, null, Cause.NODE_LOST,
				"primary: 2 probes failed, jdbc:postgresql://app:s3cret@db1/orders refused", Duration.ofMillis(42), 3);
		return state(route(null, MIRROR, Mode.READ_ONLY), List.of(down(PRIMARY)), List.of(lost(PRIMARY), follower()),
				List.of(lost));
	}

	/**
	 * Returns a state in which both nodes are lost.
	 */
	public static FailoverState unavailable() {
		return state(route(null, null, Mode.UNAVAILABLE), List.of(down(PRIMARY), down(MIRROR)),
				List.of(lost(PRIMARY), lost(MIRROR)), List.of());
	}

	/**
	 * Returns a state in which automatic changes are paused and the primary is lost.
	 */
	public static FailoverState pausedOnLostPrimary() {
		return state(route(PRIMARY, PRIMARY, Mode.NORMAL),
				List.of(down(PRIMARY), new Condition(Condition.Kind.PAUSED, null, START, "An operator paused it")),
				List.of(lost(PRIMARY), follower()), List.of());
	}

	public static FailoverState state(Route route, List<Condition> conditions, List<NodeStatus> nodes,
			List<RouteChange> history) {
		boolean automatic = conditions.stream().noneMatch((raised) -> raised.kind() == Condition.Kind.PAUSED);
		return new FailoverState(route, automatic, route.decided() && conditions.isEmpty(), conditions, null,
				Duration.ofMillis(1750), "bytes", nodes, history);
	}

	public static Route route(@Nullable Node writes, @Nullable Node reads, Mode mode) {
		return new Route(writes, (reads != null) ? List.of(reads) : List.of(), mode, 1, START, Cause.STARTUP);
	}

	public static NodeStatus leader() {
		return status(PRIMARY, Role.WRITABLE, null);
	}

	public static NodeStatus follower() {
		return follower(SAMPLE);
	}

	public static NodeStatus follower(Replication sample) {
		return status(MIRROR, Role.READ_ONLY, sample);
	}

	/**
	 * Returns the status of a node whose breaker is open, with its last replication
	 * sample.
	 */
	public static NodeStatus lost(Node node) {
		Probe probe = new Probe(PROBED, Duration.ofSeconds(1), Verdict.DOWN,
				"08006: login of app with password=s3cret at app:s3cret@db1 failed");
		return new NodeStatus(node, address(node), SERVER, null, NodeState.DOWN, Role.UNKNOWN, BreakerState.OPEN,
				PROBED, START, probe, null, SAMPLE);
	}

	/**
	 * Returns the status of a node that is alive but refuses logins.
	 */
	public static NodeStatus impaired(Node node) {
		Probe probe = new Probe(PROBED, Duration.ofMillis(1), Verdict.IMPAIRED, "28P01: wrong password");
		return new NodeStatus(node, address(node), SERVER, null, NodeState.IMPAIRED, Role.UNKNOWN, BreakerState.CLOSED,
				START, START, probe, null, null);
	}

	private static NodeStatus status(Node node, Role role, @Nullable Replication sample) {
		Probe probe = new Probe(PROBED, Duration.ofMillis(1), Verdict.UP, null);
		return new NodeStatus(node, address(node), SERVER, null, NodeState.UP, role, BreakerState.CLOSED, START, PROBED,
				probe, new GenerationHistory(NodeStatusFixture.CLUSTER, 1L), sample);
	}

	private static String address(Node node) {
		return node + ".example:1/orders";
	}

	private static Condition down(Node node) {
		return new Condition(Condition.Kind.DOWN, node, START, "It does not answer");
	}

}
