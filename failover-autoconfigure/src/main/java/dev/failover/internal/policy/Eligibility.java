package dev.failover.internal.policy;

import java.time.Instant;

import dev.failover.History;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the work that a node may take. A value that could not be read counts against
 * the node.
 */
public final class Eligibility {

	private final PolicySettings settings;

	private final Situation situation;

	public Eligibility(PolicySettings settings, Situation situation) {
		this.settings = settings;
		this.situation = situation;
	}

	/**
	 * Returns whether a node may take writes: it is up, writable, and its data continues
	 * the leader's.
	 */
	public boolean forWrites(NodeStatus node) {
		return node.isWritable() && continuesLineage(node);
	}

	/**
	 * Returns whether a node may serve reads while none takes writes. A node of unknown
	 * lag may serve them if there was no leader yet to compare it with. A node of another
	 * cluster, one that is too old and one that accepts writes may not.
	 */
	public boolean forReads(NodeStatus node) {
		if (!node.isUp() || node.role() != Role.READ_ONLY || foreign(node.history())) {
			return false;
		}
		return this.settings.independent() || isLeader(node) || this.situation.leader() == null || followed(node);
	}

	/**
	 * Returns whether the node may serve reads beside a leader that takes writes: a fresh
	 * sample shows that it follows closely.
	 */
	public boolean forReadsBeside(NodeStatus node) {
		Replication sample = node.replication();
		if (!node.isUp() || node.role() == Role.UNKNOWN || sample == null || foreign(node.history())) {
			return false;
		}
		boolean fresh = !sample.sampledAt().plus(this.settings.sampleValidity()).isBefore(this.situation.now());
		return fresh && sample.isWithin(this.settings.readsMaxLag()) && (sample.verified() || !this.settings.verify());
	}

	private boolean continuesLineage(NodeStatus node) {
		if (this.settings.independent()) {
			return true;
		}
		if (foreign(node.history())) {
			return false;
		}
		if (this.situation.leader() == null) {
			return this.situation.isPreferred(node.node()) ? !overtaken(node) : promotedBefore(node);
		}
		if (behind(node.history())) {
			return false;
		}
		return isLeader(node) || followed(node);
	}

	/**
	 * Returns whether the node was a verified copy within the limit when the leader last
	 * answered.
	 */
	private boolean followed(NodeStatus node) {
		Replication sample = node.replication();
		Instant leaderSeen = this.situation.leaderLastAnswered();
		if (sample == null || leaderSeen == null || (this.settings.verify() && !replicated(node, sample))) {
			return false;
		}
		return sample.isWithin(this.settings.maxLag(), leaderSeen);
	}

	/**
	 * Returns whether the node replicated the leader. A promoted follower does not do so
	 * any more, but its higher generation of the same cluster shows that it did.
	 */
	private boolean replicated(NodeStatus node, Replication sample) {
		return sample.verified() || (node.role() == Role.WRITABLE && this.settings.standby() && promoted(node));
	}

	private boolean promoted(NodeStatus node) {
		History lineage = this.situation.lineage();
		History own = node.history();
		return lineage != null && own != null && lineage.sameCluster(own)
				&& own.generationOrUnknown() > lineage.generationOrUnknown();
	}

	/**
	 * Returns whether a node other than the preferred one was promoted before this
	 * application started.
	 */
	private boolean promotedBefore(NodeStatus node) {
		History own = node.history();
		return !this.settings.verify() || (own != null && own.generationOrUnknown() > 1);
	}

	/**
	 * Returns whether, at the start, another writable node of the same cluster has a
	 * higher generation.
	 */
	private boolean overtaken(NodeStatus node) {
		History own = node.history();
		return own != null && this.situation.nodes()
			.stream()
			.filter((other) -> other != node && other.isWritable())
			.map(NodeStatus::history)
			.anyMatch((other) -> other != null && other.sameCluster(own)
					&& other.generationOrUnknown() > own.generationOrUnknown());
	}

	private boolean foreign(@Nullable History own) {
		History lineage = this.situation.lineage();
		if (!this.settings.verify() || own == null) {
			return false;
		}
		if (lineage != null) {
			return !lineage.sameCluster(own);
		}
		History preferred = this.situation.preferred().history();
		return preferred != null && !preferred.sameCluster(own);
	}

	/**
	 * Returns whether the node's own history ended before the leader's latest promotion.
	 */
	private boolean behind(@Nullable History own) {
		History lineage = this.situation.lineage();
		return lineage != null && own != null && own.generation() != null
				&& own.generation() < lineage.generationOrUnknown();
	}

	private boolean isLeader(NodeStatus node) {
		return node.node().equals(this.situation.leader());
	}

}
