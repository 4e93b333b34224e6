package dev.failover.internal.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.failover.BreakerState;
import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.ErrorClass;
import dev.failover.History.Relation;
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
	 * @param previous conditions of the previous evaluation; those that still apply keep
	 * their time
	 */
	public List<Condition> evaluate(Situation situation, List<Condition> previous) {
		ConditionDetails details = new ConditionDetails(this.settings, this.policy, situation);
		List<Condition> all = new ArrayList<>();
		for (NodeStatus node : situation.nodes()) {
			kinds(situation, node)
				.forEach((kind) -> all.add(condition(kind, node.node(), details.of(kind, node), situation)));
		}
		if (isSplitBrain(situation)) {
			all.add(condition(Kind.SPLIT_BRAIN, null, details.splitBrain(), situation));
		}
		if (situation.paused()) {
			all.add(condition(Kind.PAUSED, null, details.paused(), situation));
		}
		return all.stream().map((condition) -> keepBeginning(condition, previous)).toList();
	}

	private static Condition condition(Kind kind, @Nullable Node node, String detail, Situation situation) {
		return new Condition(kind, node, situation.now(), detail);
	}

	private static Condition keepBeginning(Condition condition, List<Condition> previous) {
		return previous.stream()
			.filter(condition::isSame)
			.findFirst()
			.map((before) -> new Condition(condition.kind(), condition.node(), before.since(), condition.detail()))
			.orElse(condition);
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
		if (isImpaired(node) || (node.isUp() && node.role() == Role.UNUSABLE)) {
			return List.of(Kind.IMPAIRED);
		}
		if (node.isLost()) {
			return List.of(Kind.DOWN);
		}
		if (!situation.leadership().isKnown()) {
			return List.of();
		}
		if (situation.leadership().leads(node)) {
			return leaderKinds(situation, node);
		}
		if (isHeldBack(situation, node)) {
			return List.of(Kind.FLAPPING);
		}
		return (node.replication() != null || isSettled(situation)) ? followerKinds(situation, node) : List.of();
	}

	/**
	 * Returns the conditions of a node that leads to the leader, perhaps as its second
	 * name.
	 */
	private List<Kind> leaderKinds(Situation situation, NodeStatus node) {
		Node writes = situation.route().writes();
		if (writes != null && !node.node().equals(writes)) {
			return List.of(Kind.UNVERIFIED);
		}
		return (node.isWritable() && this.policy.isFlapping(situation, node)) ? List.of(Kind.FLAPPING) : List.of();
	}

	/**
	 * Returns whether only the damping of repeated losses keeps writes from a node: it is
	 * the leader after a restart, which makes it another process.
	 */
	private boolean isHeldBack(Situation situation, NodeStatus node) {
		return this.policy.isFlapping(situation, node) && new Eligibility(this.settings, situation).forWrites(node);
	}

	/**
	 * Returns whether the node is alive but refuses the probe. While its breaker is open
	 * from before, only a refused login counts: it lasts, whereas a server that starts,
	 * or has no room, answers now one way and now another.
	 */
	private static boolean isImpaired(NodeStatus node) {
		Probe probe = node.lastProbe();
		boolean refused = probe != null && probe.errorClass() == ErrorClass.UNAUTHORIZED;
		return node.breaker() != BreakerState.FORCED_OPEN
				&& (node.isLost() ? refused : node.state() == NodeState.IMPAIRED);
	}

	/**
	 * Returns whether the route is old enough for a missing sample to count.
	 */
	private static boolean isSettled(Situation situation) {
		return !situation.now().isBefore(situation.route().since().plus(SETTLING));
	}

	private List<Kind> followerKinds(Situation situation, NodeStatus node) {
		if (isDiverged(situation, node)) {
			return List.of(Kind.DIVERGED);
		}
		List<Kind> kinds = new ArrayList<>();
		Replication sample = node.replication();
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
	 * Returns whether a node writes a history of its own beside the leader's.
	 */
	private boolean isDiverged(Situation situation, NodeStatus node) {
		Relation found = situation.leadership().compare(node).relation();
		return this.settings.standby() && node.isWritable() && !situation.leadership().isShared(node)
				&& (found == Relation.BEHIND || found == Relation.DIVERGED);
	}

	/**
	 * Returns whether several servers lead. Servers that tell no history may replicate
	 * each other in a way that is not known here.
	 */
	private boolean isSplitBrain(Situation situation) {
		return this.settings.standby() && situation.isSplitBrain()
				&& (this.settings.verify() || situation.nodes().stream().anyMatch((node) -> node.history() != null));
	}

}
