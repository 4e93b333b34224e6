package dev.failover.internal.policy;

import java.time.Instant;

import dev.failover.History;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node may take work. Unknown is never good: what could not be read speaks
 * against the node.
 */
public final class Eligibility {

	private final PolicySettings settings;

	private final Situation situation;

	public Eligibility(PolicySettings settings, Situation situation) {
		this.settings = settings;
		this.situation = situation;
	}

	/**
	 * Whether a node may take writes: it is up, writable, and its data continues the
	 * leader's.
	 */
	public boolean forWrites(NodeStatus node) {
		return node.isWritable() && continuesLineage(node);
	}

	/**
	 * Whether a node may serve reads while none takes writes. A copy whose age cannot be
	 * known because there never was a leader is served all the same; one that is known to
	 * be foreign or too old is not, nor one that would take the writes that it must not.
	 */
	public boolean forReads(NodeStatus node) {
		if (!node.isUp() || node.role() != Role.READ_ONLY || foreign(node.history())) {
			return false;
		}
		return this.settings.independent() || isLeader(node) || this.situation.leader() == null || followed(node);
	}

	/**
	 * Whether the node may serve reads beside a leader that takes writes: it is known to
	 * follow it, closely, and now.
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
			return this.situation.isHome(node.node()) ? !overtaken(node) : promotedBefore(node);
		}
		if (behind(node.history())) {
			return false;
		}
		return isLeader(node) || followed(node);
	}

	/**
	 * Whether the node was a true copy, young enough, when the leader last answered.
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
	 * A promoted follower no longer follows; a grown generation of the same cluster shows
	 * that it did.
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
	 * At start-up: whether a node other than the preferred one was promoted before this
	 * application began.
	 */
	private boolean promotedBefore(NodeStatus node) {
		History identity = node.history();
		return !this.settings.verify() || (identity != null && identity.generationOrUnknown() > 1);
	}

	/**
	 * At start-up: whether another writable node of the same cluster was promoted since.
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

	private boolean foreign(@Nullable History identity) {
		History lineage = this.situation.lineage();
		if (!this.settings.verify() || identity == null) {
			return false;
		}
		if (lineage != null) {
			return !lineage.sameCluster(identity);
		}
		History home = this.situation.home().history();
		return home != null && !home.sameCluster(identity);
	}

	/**
	 * Whether the node's own history ended before the leader's latest promotion.
	 */
	private boolean behind(@Nullable History identity) {
		History lineage = this.situation.lineage();
		return lineage != null && identity != null && identity.generation() != null
				&& identity.generation() < lineage.generationOrUnknown();
	}

	private boolean isLeader(NodeStatus node) {
		return node.node().equals(this.situation.leader());
	}

}
