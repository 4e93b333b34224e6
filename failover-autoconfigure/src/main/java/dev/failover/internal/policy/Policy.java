package dev.failover.internal.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Decides the route, as a pure function of the {@link Situation}. The route stays unless
 * a breaker opened or a probe read another role.
 */
public final class Policy {

	private final PolicySettings settings;

	public Policy(PolicySettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the new route, or empty when the current one stays.
	 */
	public Optional<Decision> decide(Situation situation) {
		if (situation.paused() || (!situation.route().decided() && !situation.conclusive())) {
			return Optional.empty();
		}
		Eligibility eligible = new Eligibility(this.settings, situation);
		Node writes = writes(situation, eligible);
		Node reads = (writes != null) ? readsBeside(situation, eligible, writes) : reads(situation, eligible);
		Decision decision = decision(situation, writes, reads);
		return decision.matches(situation.route()) ? Optional.empty() : Optional.of(decision);
	}

	/**
	 * Returns the route that an operator has requested.
	 */
	public Decision ordered(Situation situation, Node target, String evidence) {
		return new Decision(target, target, mode(situation, target, target), Cause.SWITCHOVER, evidence);
	}

	private @Nullable Node writes(Situation situation, Eligibility eligible) {
		NodeStatus current = situation.status(situation.route().writes()).orElse(null);
		if (current != null && !current.isLost() && current.role() != Role.READ_ONLY) {
			return failbackDue(situation, eligible) ? situation.preferred().node() : current.node();
		}
		List<NodeStatus> candidates = situation.nodes().stream().filter(eligible::forWrites).toList();
		if (candidates.isEmpty() && !situation.route().decided() && situation.preferred().state() == NodeState.IMPAIRED
				&& !situation.preferred().isLost()) {
			return situation.preferred().node();
		}
		return candidates.stream()
			.max(Comparator.comparingLong(this::generation).thenComparingInt((node) -> -candidates.indexOf(node)))
			.map(NodeStatus::node)
			.filter((node) -> !damped(situation, eligible, node))
			.orElse(null);
	}

	/**
	 * Returns whether the route should return to the preferred node, although another one
	 * takes writes. This occurs in the multi-writer topology only: a standby is not
	 * writable, and two writable nodes are a split brain, in which the route stays. It
	 * also stays where an operator has put it.
	 */
	private boolean failbackDue(Situation situation, Eligibility eligible) {
		NodeStatus preferred = situation.preferred();
		return !this.settings.standby() && this.settings.automaticFailback()
				&& !situation.isPreferred(situation.route().writes()) && situation.route().cause() != Cause.SWITCHOVER
				&& eligible.forWrites(preferred) && stayed(situation, situation.flaps().stay(this.settings.minStay()));
	}

	/**
	 * Returns whether a node that was lost repeatedly must wait, while another serves
	 * reads.
	 */
	private boolean damped(Situation situation, Eligibility eligible, Node node) {
		return isFlapping(situation, node) && situation.nodes()
			.stream()
			.anyMatch((other) -> !other.node().equals(node) && eligible.forReads(other));
	}

	/**
	 * Returns whether the leader, which no other node has replaced, was lost too often to
	 * be used at once.
	 */
	public boolean isFlapping(Situation situation, Node node) {
		boolean returning = situation.route().decided() && situation.route().writes() == null
				&& node.equals(situation.leader());
		return returning && !stayed(situation, recoveryStay(situation));
	}

	/**
	 * Returns the time for which a node that was lost repeatedly must stay up before it
	 * takes writes again.
	 */
	Duration recoveryStay(Situation situation) {
		return situation.flaps().recovery(this.settings.recoveryStay());
	}

	private static boolean stayed(Situation situation, Duration least) {
		return !situation.now().isBefore(situation.route().since().plus(least));
	}

	/**
	 * Returns the node for reads while some node takes writes: a mirror that is fit for
	 * reads, if the settings send reads to one. Reads leave an unfit mirror at once, and
	 * move to a fit one when the route has settled.
	 */
	private Node readsBeside(Situation situation, Eligibility eligible, Node writes) {
		if (!this.settings.readsFromMirror()) {
			return writes;
		}
		Node current = situation.route().reads();
		return situation.nodes()
			.stream()
			.filter((node) -> !node.node().equals(writes) && eligible.forReadsBeside(node))
			.filter((node) -> node.node().equals(current) || stayed(situation, this.settings.recoveryStay()))
			.findFirst()
			.map(NodeStatus::node)
			.orElse(writes);
	}

	private static @Nullable Node reads(Situation situation, Eligibility eligible) {
		NodeStatus current = situation.status(situation.route().reads()).orElse(null);
		if (current != null && !current.isLost()) {
			return current.node();
		}
		return situation.nodes().stream().filter(eligible::forReads).findFirst().map(NodeStatus::node).orElse(null);
	}

	private static Decision decision(Situation situation, @Nullable Node writes, @Nullable Node reads) {
		Cause cause = cause(situation, writes);
		return new Decision(writes, reads, mode(situation, writes, reads), cause, evidence(situation, cause));
	}

	/**
	 * Returns the mode of a route with these nodes.
	 */
	private static Mode mode(Situation situation, @Nullable Node writes, @Nullable Node reads) {
		if (writes != null) {
			return situation.isPreferred(writes) ? Mode.NORMAL : Mode.FAILED_OVER;
		}
		return (reads != null) ? Mode.READ_ONLY : Mode.UNAVAILABLE;
	}

	private static Cause cause(Situation situation, @Nullable Node writes) {
		Route route = situation.route();
		if (!route.decided()) {
			return Cause.STARTUP;
		}
		NodeStatus left = situation.status(route.serving()).orElse(null);
		if (left != null && left.isLost()) {
			return Cause.NODE_LOST;
		}
		if (route.writes() == null) {
			return (writes != null && !writes.equals(expected(situation))) ? Cause.ROLE_CHANGED : Cause.NODE_RETURNED;
		}
		if (route.writes().equals(writes)) {
			return Cause.READS_MOVED;
		}
		return (left != null && left.role() == Role.READ_ONLY) ? Cause.ROLE_CHANGED : Cause.FAILBACK;
	}

	/**
	 * Returns the node that would take writes if no role had changed.
	 */
	private static Node expected(Situation situation) {
		Node leader = situation.leader();
		return (leader != null) ? leader : situation.preferred().node();
	}

	private static String evidence(Situation situation, Cause cause) {
		String nodes = situation.nodes().stream().map(Policy::describe).collect(Collectors.joining("; "));
		return (cause == Cause.FAILBACK) ? nodes + "; stayed since " + situation.route().since() : nodes;
	}

	private static String describe(NodeStatus node) {
		String error = (node.lastProbe() != null && node.state() != NodeState.UP) ? node.lastProbe().error() : null;
		String state = node.node() + " " + (node.isLost() ? NodeState.DOWN : node.state());
		return (error != null) ? state + " (" + error + ")" : state + " " + node.role();
	}

	private long generation(NodeStatus node) {
		return (this.settings.standby() && node.history() != null) ? node.history().generationOrUnknown() : -1;
	}

}
