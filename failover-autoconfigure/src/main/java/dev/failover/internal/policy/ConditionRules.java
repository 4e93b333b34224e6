package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.History;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the conditions of a situation, and whether another node could take over right
 * now. A pure function.
 */
public final class ConditionRules {

	/**
	 * Time after a change of the route in which samples of the followers may be missing.
	 */
	private static final Duration SETTLING = Duration.ofSeconds(2);

	private final PolicySettings settings;

	private final Policy policy;

	public ConditionRules(PolicySettings settings) {
		this.settings = settings;
		this.policy = new Policy(settings);
	}

	/**
	 * Returns all conditions, those of nodes first, in order of preference.
	 * @param previous conditions before; those that last keep the time of their beginning
	 */
	public List<Condition> evaluate(Situation situation, List<Condition> previous) {
		List<Condition> all = new ArrayList<>();
		for (NodeStatus node : situation.nodes()) {
			kinds(situation, node)
				.forEach((kind) -> all.add(condition(kind, node.node(), detail(kind, situation, node), situation)));
		}
		if (isSplitBrain(situation)) {
			all.add(condition(Kind.SPLIT_BRAIN, null, splitBrain(situation), situation));
		}
		if (situation.paused()) {
			all.add(condition(Kind.PAUSED, null, "An operator has paused automatic changes of the route. "
					+ "Send the action 'resume' to the endpoint 'failover' to allow them again", situation));
		}
		return all.stream().map((condition) -> keepBeginning(condition, previous)).toList();
	}

	private static Condition condition(Kind kind, @Nullable Node node, String detail, Situation situation) {
		return new Condition(kind, node, situation.now(), detail);
	}

	private static Condition keepBeginning(Condition condition, List<Condition> previous) {
		Instant since = previous.stream()
			.filter(condition::isSame)
			.map(Condition::since)
			.findFirst()
			.orElse(condition.since());
		return new Condition(condition.kind(), condition.node(), since, condition.detail());
	}

	/**
	 * Returns whether some node other than the one that takes writes could take over now.
	 */
	public boolean isReady(Situation situation) {
		if (situation.paused() || situation.route().writes() == null || isSplitBrain(situation)) {
			return false;
		}
		return situation.nodes()
			.stream()
			.filter((node) -> !node.node().equals(situation.route().writes()))
			.anyMatch((node) -> node.isUp() && node.role() != Role.UNKNOWN && node.replication() != null
					&& kinds(situation, node).isEmpty());
	}

	private List<Kind> kinds(Situation situation, NodeStatus node) {
		if (!node.isConclusive()) {
			return List.of();
		}
		if (node.isLost()) {
			return List.of(Kind.DOWN);
		}
		if (node.state() == NodeState.IMPAIRED) {
			return List.of(Kind.IMPAIRED);
		}
		boolean follower = situation.leader() != null && !node.node().equals(situation.leader());
		if (!follower && node.isWritable() && this.policy.isFlapping(situation, node.node())) {
			return List.of(Kind.FLAPPING);
		}
		return (follower && (node.replication() != null || isSettled(situation))) ? followerKinds(situation, node)
				: List.of();
	}

	/**
	 * Returns whether the route is old enough for a missing sample to count.
	 */
	private static boolean isSettled(Situation situation) {
		return !situation.now().isBefore(situation.route().since().plus(SETTLING));
	}

	private List<Kind> followerKinds(Situation situation, NodeStatus node) {
		List<Kind> kinds = new ArrayList<>();
		Replication sample = node.replication();
		if (isDiverged(situation, node)) {
			kinds.add(Kind.DIVERGED);
		}
		if (this.settings.verify() && (sample == null || !sample.verified())) {
			kinds.add(Kind.UNVERIFIED);
		}
		if (isLagging(situation, sample)) {
			kinds.add(Kind.LAGGING);
		}
		if (!this.settings.standby() && node.role() != Role.WRITABLE) {
			kinds.add(Kind.NOT_WRITABLE);
		}
		return kinds;
	}

	private boolean isLagging(Situation situation, @Nullable Replication sample) {
		return !this.settings.independent()
				&& (sample == null || !sample.isWithin(this.settings.maxLag(), situation.now()));
	}

	/**
	 * Returns whether a node of the same cluster writes a history of its own that is
	 * older than the leader's.
	 */
	private boolean isDiverged(Situation situation, NodeStatus node) {
		History lineage = situation.lineage();
		History own = node.history();
		return this.settings.standby() && node.isWritable() && lineage != null && own != null
				&& lineage.sameCluster(own) && own.generation() != null
				&& own.generation() < lineage.generationOrUnknown();
	}

	private boolean isSplitBrain(Situation situation) {
		return this.settings.standby() && situation.splitBrain();
	}

	private String detail(Kind kind, Situation situation, NodeStatus node) {
		return switch (kind) {
			case DOWN -> "It does not answer" + error(node) + "; last answer "
					+ ((node.lastAnswered() != null) ? "at " + node.lastAnswered() : "never")
					+ ". Start the server or restore the network; it is used again without further action";
			case IMPAIRED -> "It is alive but refuses the probe" + error(node)
					+ ". Correct the login or make room for connections; it cannot take over until then";
			case LAGGING -> lag(node.replication(), situation) + ", limit " + seconds(this.settings.maxLag())
					+ " (failover.replication.max-lag). It takes no work until it has caught up";
			case UNVERIFIED -> "It is not known to replicate the leader: " + problem(node.replication())
					+ ". It cannot take over until replication is repaired";
			case DIVERGED -> "It accepts writes on history " + node.history() + ", older than the leader's "
					+ situation.lineage() + ". Rebuild it from the leader";
			case NOT_WRITABLE -> "It reports " + node.role() + ", but every node of the topology 'multi-writer' must "
					+ "accept writes. Make it writable";
			case FLAPPING -> "It was lost " + situation.flaps().count() + " time(s) soon after its return; "
					+ "it takes writes again after staying up for " + seconds(this.policy.recoveryStay(situation));
			default -> throw new IllegalArgumentException("Not a condition of a node: " + kind);
		};
	}

	private static String error(NodeStatus node) {
		Probe probe = node.lastProbe();
		return (probe != null && probe.error() != null) ? ": " + probe.error() : "";
	}

	private static String lag(@Nullable Replication sample, Situation situation) {
		if (sample == null || sample.lag() == null) {
			return "Its lag is unknown";
		}
		Duration age = Duration.between(sample.sampledAt(), situation.now());
		return seconds(age.isNegative() ? sample.lag() : sample.lag().plus(age)) + " behind";
	}

	private static String problem(@Nullable Replication sample) {
		return (sample != null && sample.problem() != null) ? sample.problem() : "its replication is not known yet";
	}

	private static String splitBrain(Situation situation) {
		String writers = situation.nodes()
			.stream()
			.filter(NodeStatus::isWritable)
			.map((node) -> "'" + node.node() + "' (history " + node.history() + ")")
			.collect(Collectors.joining(" and "));
		Node writes = situation.route().writes();
		return writers + " both accept writes. " + ((writes != null) ? "Writes stay on '" + writes + "'. " : "")
				+ "Stop the one that is not to lead, and rebuild it from the other";
	}

	private static String seconds(Duration duration) {
		return duration.toSeconds() + " s";
	}

}
