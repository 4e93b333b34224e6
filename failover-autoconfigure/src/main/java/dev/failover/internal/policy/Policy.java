package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.Cause;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
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
		if (!situation.route().decided() && eligible.isUndecided()) {
			return Optional.empty();
		}
		Node writes = writes(situation, eligible);
		List<Node> reads = (writes != null) ? readsBeside(situation, eligible, writes) : reads(situation, eligible);
		Route route = situation.route();
		Mode mode = mode(situation, writes, reads);
		boolean stays = route.decided() && Objects.equals(writes, route.writes()) && reads.equals(route.reads())
				&& mode == route.mode() && !isServerReplaced(situation, writes);
		return stays ? Optional.empty() : Optional.of(decision(situation, writes, reads, mode));
	}

	/**
	 * Returns the node behind which another server leads while automatic changes are
	 * paused: writes go there, and nothing speaks against it.
	 */
	public Optional<Node> leaderInPause(Situation situation) {
		if (!situation.paused() || this.settings.independent()) {
			return Optional.empty();
		}
		Eligibility eligible = new Eligibility(this.settings, situation);
		return situation.status(situation.route().writes())
			.filter((status) -> !situation.leadership().leads(status) && eligible.forWrites(status))
			.map(NodeStatus::node);
	}

	/**
	 * Returns the route that an operator has requested.
	 */
	public Decision ordered(Situation situation, Node target, String evidence) {
		return new Decision(target, List.of(target), mode(situation, target, List.of(target)), Cause.SWITCHOVER,
				evidence);
	}

	/**
	 * Returns whether the node that takes writes leads to another server than before.
	 */
	private boolean isServerReplaced(Situation situation, @Nullable Node writes) {
		Leadership leadership = situation.leadership();
		return !this.settings.independent() && situation.status(writes)
			.filter((status) -> status.isWritable() && !leadership.leads(status))
			.isPresent();
	}

	private @Nullable Node writes(Situation situation, Eligibility eligible) {
		NodeStatus current = situation.status(situation.route().writes()).orElse(null);
		if (current != null && eligible.keepsWrites(current)) {
			return (failbackDue(situation, eligible) ? situation.preferred() : successor(situation, eligible, current))
				.node();
		}
		if (eligible.isUndecided()) {
			return null;
		}
		List<NodeStatus> candidates = situation.nodes().stream().filter(eligible::forWrites).toList();
		if (candidates.isEmpty()) {
			return isLastResort(situation) ? situation.preferred().node() : null;
		}
		NodeStatus first = candidates.get(0);
		boolean preferredLeads = !situation.leadership().isKnown() && situation.isPreferred(first.node());
		NodeStatus chosen = preferredLeads ? first : newest(settled(situation, candidates));
		return damped(situation, eligible, chosen) ? null : chosen.node();
	}

	/**
	 * Returns the node that a leader's writes go to: to itself or, if the settings want
	 * it, to a node that was promoted although the leader lives.
	 */
	private NodeStatus successor(Situation situation, Eligibility eligible, NodeStatus leader) {
		if (!this.settings.followNewest() || !leader.acceptsWrites() || isChosen(situation)) {
			return leader;
		}
		return situation.others(leader).filter(eligible::continuesWithoutLoss).findFirst().orElse(leader);
	}

	/**
	 * Returns whether an operator has put the route on one of the servers that accept
	 * writes at once.
	 */
	private static boolean isChosen(Situation situation) {
		Rivalry rivalry = situation.rivalry();
		Instant chosenAt = situation.leadership().chosenAt();
		return rivalry != null && chosenAt != null && !rivalry.since().isAfter(chosenAt);
	}

	/**
	 * Returns the candidates without those that write the leader's history together with
	 * others, but that their cluster does not wait for; all if there are no others.
	 */
	private static List<NodeStatus> settled(Situation situation, List<NodeStatus> candidates) {
		List<NodeStatus> settled = candidates.stream()
			.filter((node) -> !situation.leadership().isShared(node) || node.replication() == null
					|| node.replication().verified())
			.toList();
		return settled.isEmpty() ? candidates : settled;
	}

	/**
	 * Returns the candidate that no other one continues; the first one of several.
	 */
	private static NodeStatus newest(List<NodeStatus> candidates) {
		return candidates.stream()
			.filter((one) -> candidates.stream().noneMatch((other) -> Eligibility.isNewer(one, other)))
			.findFirst()
			.orElse(candidates.get(0));
	}

	/**
	 * Returns whether writes go to the preferred node although it is not known to accept
	 * them, as they would without failover: nothing is known against it, and no other
	 * node takes them. A node that refuses the probe counts only before the first
	 * decision.
	 */
	private static boolean isLastResort(Situation situation) {
		NodeStatus preferred = situation.preferred();
		boolean impaired = !situation.route().decided() && preferred.state() == NodeState.IMPAIRED
				&& !preferred.isLost() && preferred.role() != Role.UNUSABLE;
		boolean silent = preferred.isUp() && preferred.role() == Role.UNKNOWN
				&& (situation.leadership().lineage() == null || situation.leadership().leads(preferred));
		return impaired || silent;
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
				&& !situation.isPreferred(situation.route().writes()) && situation.leadership().chosenAt() == null
				&& eligible.forWrites(preferred) && eligible.isCaughtUp(preferred)
				&& stayed(situation, situation.flaps().stay(this.settings.minStay()));
	}

	/**
	 * Returns whether a node that was lost repeatedly must wait, while another serves
	 * reads.
	 */
	private boolean damped(Situation situation, Eligibility eligible, NodeStatus node) {
		return isFlapping(situation, node)
				&& situation.nodes().stream().anyMatch((other) -> other != node && eligible.forReads(other));
	}

	/**
	 * Returns whether the leader, which no other server has replaced, was lost too often
	 * to be used at once. A promoted server under the same name is another one.
	 */
	boolean isFlapping(Situation situation, NodeStatus node) {
		Leadership leadership = situation.leadership();
		boolean returning = situation.route().decided() && situation.route().writes() == null
				&& node.node().equals(leadership.node()) && !leadership.deposed()
				&& leadership.compare(node).relation() != Relation.CONTINUES;
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
	 * Returns the nodes for reads while some node takes writes: the mirrors that are fit
	 * for reads, if the settings send reads to them. Reads leave an unfit mirror at once;
	 * fit ones are added one by one, each when the route has settled.
	 */
	private List<Node> readsBeside(Situation situation, Eligibility eligible, Node writes) {
		if (!this.settings.readsFromMirror()) {
			return List.of(writes);
		}
		List<Node> current = situation.route().reads();
		List<Node> fit = situation.nodes()
			.stream()
			.filter((node) -> !node.node().equals(writes) && eligible.forReadsBeside(node))
			.map(NodeStatus::node)
			.toList();
		Node added = stayed(situation, this.settings.recoveryStay())
				? fit.stream().filter((node) -> !current.contains(node)).findFirst().orElse(null) : null;
		List<Node> mirrors = fit.stream().filter((node) -> current.contains(node) || node.equals(added)).toList();
		return mirrors.isEmpty() ? List.of(writes) : mirrors;
	}

	/**
	 * Returns the node for reads while no node takes writes: the current one as long as
	 * it can only read, then one that is fit, then the preferred one, which the
	 * application would use without failover.
	 */
	private static List<Node> reads(Situation situation, Eligibility eligible) {
		return Stream
			.of(situation.route()
				.reads()
				.stream()
				.flatMap((node) -> situation.status(node).stream())
				.filter((node) -> !node.isLost() && isReader(node)),
					situation.nodes().stream().filter(eligible::forReads),
					Stream.of(situation.preferred()).filter((node) -> node.isUp() && node.role() == Role.READ_ONLY))
			.flatMap((nodes) -> nodes)
			.findFirst()
			.map((node) -> List.of(node.node()))
			.orElse(List.of());
	}

	/**
	 * Returns whether sessions on a node are known to refuse writes, as far as it told
	 * its role.
	 */
	private static boolean isReader(NodeStatus node) {
		return node.role() == Role.READ_ONLY || (node.role() == Role.UNKNOWN && !node.isUp());
	}

	private static Decision decision(Situation situation, @Nullable Node writes, List<Node> reads, Mode mode) {
		Cause cause = cause(situation, writes, reads);
		return new Decision(writes, reads, mode, cause, evidence(situation, cause, writes));
	}

	/**
	 * Returns the mode of a route with these nodes.
	 */
	private static Mode mode(Situation situation, @Nullable Node writes, List<Node> reads) {
		if (writes != null) {
			return situation.isPreferred(writes) ? Mode.NORMAL : Mode.FAILED_OVER;
		}
		return reads.isEmpty() ? Mode.UNAVAILABLE : Mode.READ_ONLY;
	}

	private static Cause cause(Situation situation, @Nullable Node writes, List<Node> reads) {
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
			return reads.equals(route.reads()) ? Cause.ROLE_CHANGED : Cause.READS_MOVED;
		}
		return (left != null && writes != null && left.isWritable() && situation.isPreferred(writes)
				&& situation.leadership().leads(left)) ? Cause.FAILBACK : Cause.ROLE_CHANGED;
	}

	/**
	 * Returns the node that would take writes if no role had changed.
	 */
	private static Node expected(Situation situation) {
		Node leader = situation.leadership().node();
		return (leader != null) ? leader : situation.preferred().node();
	}

	private static String evidence(Situation situation, Cause cause, @Nullable Node writes) {
		Stream<String> nodes = situation.nodes().stream().map(Policy::describe);
		Stream<String> more = (cause == Cause.FAILBACK) ? Stream.of("stayed since " + situation.route().since())
				: situation.status(writes).stream().flatMap((node) -> succession(situation.leadership(), node));
		return Stream.concat(nodes, more).collect(Collectors.joining("; "));
	}

	/**
	 * Describes how the history of a new leader continues that of the one before.
	 */
	private static Stream<String> succession(Leadership leadership, NodeStatus next) {
		Comparison found = leadership.compare(next);
		if (leadership.leads(next) || leadership.lineage() == null) {
			return Stream.empty();
		}
		return switch (found.relation()) {
			case CONTINUES ->
				Stream.of("history " + next.history() + " continues " + leadership.lineage() + missing(found));
			case FOREIGN, BEHIND -> Stream.of("all nodes agree on history " + next.history() + " in place of "
					+ leadership.lineage() + ": the cluster was replaced or restored");
			default -> Stream.empty();
		};
	}

	/**
	 * Describes what a promoted server lacks of the log of the leader before.
	 */
	private static String missing(Comparison found) {
		if (found.lacks() == null) {
			return ", and may lack some of it";
		}
		return found.isComplete() ? ""
				: " and lacks " + found.lacks() + " of its log, in the unit of positions: commits there are lost";
	}

	private static String describe(NodeStatus node) {
		String error = (node.lastProbe() != null && node.state() != NodeState.UP) ? node.lastProbe().error() : null;
		String state = node.node() + " " + (node.isLost() ? NodeState.DOWN : node.state());
		return (error != null) ? state + " (" + error + ")" : state + " " + node.role();
	}

}
