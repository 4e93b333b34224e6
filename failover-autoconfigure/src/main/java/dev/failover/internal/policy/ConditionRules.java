package dev.failover.internal.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.History;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Tells what limits failover in a situation, and whether another node could take over
 * right now. Pure.
 */
public final class ConditionRules {

	/** A new route has no sample of its followers for a moment. */
	private static final Duration SETTLING = Duration.ofSeconds(2);

	private final PolicySettings settings;

	private final Policy policy;

	public ConditionRules(PolicySettings settings) {
		this.settings = settings;
		this.policy = new Policy(settings);
	}

	/**
	 * All conditions, in order of nodes.
	 */
	public List<Condition> of(Situation situation) {
		List<Condition> all = new ArrayList<>();
		for (NodeStatus node : situation.nodes()) {
			kinds(situation, node).forEach((kind) -> all.add(new Condition(kind, node.node())));
		}
		if (splitBrain(situation)) {
			all.add(new Condition(Kind.SPLIT_BRAIN, null));
		}
		if (situation.held()) {
			all.add(new Condition(Kind.HELD, null));
		}
		return List.copyOf(all);
	}

	/**
	 * Whether some node other than the one that takes writes could take over now.
	 */
	public boolean ready(Situation situation) {
		if (situation.held() || situation.route().writes() == null || splitBrain(situation)) {
			return false;
		}
		return situation.nodes()
			.stream()
			.filter((node) -> !node.node().equals(situation.route().writes()))
			.anyMatch((node) -> node.up() && node.role() != Role.UNKNOWN && node.replication() != null
					&& kinds(situation, node).isEmpty());
	}

	private List<Kind> kinds(Situation situation, NodeStatus node) {
		if (!node.conclusive()) {
			return List.of();
		}
		if (node.lost()) {
			return List.of(Kind.DOWN);
		}
		if (node.state() == NodeState.IMPAIRED) {
			return List.of(Kind.IMPAIRED);
		}
		boolean follower = situation.leader() != null && !node.node().equals(situation.leader());
		if (!follower && node.writable() && this.policy.flapping(situation, node.node())) {
			return List.of(Kind.FLAPPING);
		}
		return (follower && (node.replication() != null || settled(situation))) ? followerKinds(situation, node)
				: List.of();
	}

	/**
	 * Whether the route is old enough for a sample to be missed.
	 */
	private static boolean settled(Situation situation) {
		return !situation.now().isBefore(situation.route().since().plus(SETTLING));
	}

	private List<Kind> followerKinds(Situation situation, NodeStatus node) {
		Replication sample = node.replication();
		return Stream
			.of(diverged(situation, node) ? Kind.DIVERGED : null,
					(this.settings.verify() && (sample == null || !sample.verified())) ? Kind.UNVERIFIED : null,
					lagging(situation, sample) ? Kind.LAGGING : null,
					(!this.settings.standby() && node.role() != Role.WRITABLE) ? Kind.NOT_WRITABLE : null)
			.filter((@Nullable Kind kind) -> kind != null)
			.toList();
	}

	private boolean lagging(Situation situation, @Nullable Replication sample) {
		return !this.settings.independent()
				&& (sample == null || !sample.within(this.settings.maxLag(), situation.now()));
	}

	/**
	 * A node of the same cluster that writes a history of its own, older than the
	 * leader's.
	 */
	private boolean diverged(Situation situation, NodeStatus node) {
		History lineage = situation.lineage();
		History own = node.identity();
		return this.settings.standby() && node.writable() && lineage != null && own != null && lineage.sameCluster(own)
				&& own.generation() != null && own.generation() < lineage.generationOrUnknown();
	}

	private boolean splitBrain(Situation situation) {
		return this.settings.standby() && situation.splitBrain();
	}

}
