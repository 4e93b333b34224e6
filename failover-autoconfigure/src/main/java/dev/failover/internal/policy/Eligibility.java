package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the work that a node may take. What is not known counts against a mirror, but
 * not against the preferred node: without failover, the application would use it, too.
 */
public final class Eligibility {

	/**
	 * Time for which the older of two writable servers is watched at the start. If its
	 * log does not grow in that time, it has come back after the other was promoted.
	 */
	static final Duration WATCH = Duration.ofSeconds(2);

	private final PolicySettings settings;

	private final Situation situation;

	private final Leadership leadership;

	public Eligibility(PolicySettings settings, Situation situation) {
		this.settings = settings;
		this.situation = situation;
		this.leadership = situation.leadership();
	}

	/**
	 * Returns whether a node may take writes: it is up, writable, and its data continues
	 * the leader's.
	 */
	public boolean forWrites(NodeStatus node) {
		if (!node.isWritable() || isOutdated(node)) {
			return false;
		}
		if (this.settings.independent()) {
			return true;
		}
		return this.leadership.isKnown() ? continuesLineage(node) || isAgreed(node) : mayLeadFirst(node);
	}

	/**
	 * Returns whether the node that takes writes may keep them. One process does not go
	 * back, so an older reading of it proves nothing.
	 */
	boolean keepsWrites(NodeStatus node) {
		if (node.isLost() || node.role() == Role.READ_ONLY || node.role() == Role.UNUSABLE) {
			return false;
		}
		if (this.settings.independent() || !this.leadership.isKnown() || node.role() == Role.UNKNOWN) {
			return true;
		}
		if (this.leadership.leads(node)) {
			return node.instance() != null || !isOffLineage(this.leadership.compare(node).relation());
		}
		return !isOutdated(node) && (continuesLineage(node) || isAgreed(node));
	}

	/**
	 * Returns whether a node may serve reads while none takes writes. A node of unknown
	 * lag may serve them if there is no leader to compare it with. A node of another
	 * database, one that is too old and one that accepts writes may not.
	 */
	public boolean forReads(NodeStatus node) {
		if (!node.isUp() || node.role() != Role.READ_ONLY || isForeign(node)) {
			return false;
		}
		return this.settings.independent() || !this.leadership.isKnown() || this.leadership.leads(node)
				|| (this.leadership.deposed() && this.leadership.compare(node).isSameLine()) || followed(node);
	}

	/**
	 * Returns whether the node may serve reads beside a leader that takes writes: a fresh
	 * sample shows that it follows closely.
	 */
	boolean forReadsBeside(NodeStatus node) {
		Replication sample = node.replication();
		if (!node.isUp() || node.role() == Role.UNKNOWN || node.role() == Role.UNUSABLE || sample == null
				|| isForeign(node)) {
			return false;
		}
		boolean fresh = !sample.sampledAt().plus(this.settings.sampleValidity()).isBefore(this.situation.now());
		return fresh && sample.isWithin(this.settings.readsMaxLag()) && (sample.verified() || !this.settings.verify());
	}

	/**
	 * Returns whether the choice of the first leader must wait: two servers accept
	 * writes, and it is not known yet whether the older one has come back after the other
	 * was promoted.
	 */
	boolean isUndecided() {
		NodeStatus preferred = this.situation.preferred();
		return !this.settings.independent() && !this.leadership.isKnown() && preferred.isWritable() && !isWatched()
				&& this.situation.others(preferred)
					.anyMatch((other) -> isNewer(preferred, other) && !isTestified(preferred, other));
	}

	/**
	 * Returns whether the preferred node has what another leader has written.
	 */
	boolean isCaughtUp(NodeStatus node) {
		return this.settings.independent() || followed(node);
	}

	/**
	 * Returns whether a node accepts writes that was promoted from the lineage, and lacks
	 * nothing that the leader was known to have.
	 */
	boolean continuesWithoutLoss(NodeStatus node) {
		Comparison found = this.leadership.compare(node);
		return node.isWritable() && !isOutdated(node) && found.relation() == Relation.CONTINUES && found.isComplete();
	}

	private boolean continuesLineage(NodeStatus node) {
		Comparison found = this.leadership.compare(node);
		return switch (found.relation()) {
			case SAME, AHEAD -> found.isComplete() || isTrusted(node) || followed(node);
			case CONTINUES -> this.situation.isPreferred(node.node()) || this.leadership.deposed()
					|| (!this.leadership.isRival(node) && (found.isComplete() || followed(node)));
			case UNKNOWN -> isTrusted(node) || (!this.settings.verify() && followed(node));
			case FOREIGN -> !this.settings.verify() && (isTrusted(node) || followed(node));
			case BEHIND ->
				this.leadership.isShared(node) && (isTrusted(node) || this.leadership.deposed() || followed(node));
			case DIVERGED -> false;
		};
	}

	private boolean isTrusted(NodeStatus node) {
		return this.leadership.leads(node) || this.situation.isPreferred(node.node());
	}

	/**
	 * Returns whether all nodes agree on a leader that is not on the lineage, so that
	 * nobody is left who follows the lineage: the cluster was replaced or restored, or
	 * the leader of before was rebuilt from a server that lacks some of its data. What
	 * was read before the lineage was last seen proves nothing.
	 */
	boolean isAgreed(NodeStatus leader) {
		if (this.situation.others(leader).findAny().isEmpty()) {
			return isOnlyServer();
		}
		return this.situation.nodes().stream().allMatch((node) -> node.isUp() && isReplaced(node)) && this.situation
			.others(leader)
			.allMatch((other) -> isCopy(leader.history(), other) && isReadAfter(other, this.leadership.lineageAt()));
	}

	/**
	 * Returns whether all names, of which there are several, now lead to one server of
	 * another database. A server of the leader's own database that lacks some of its data
	 * is not followed so: it may be an old leader that the names lead to for a moment.
	 */
	private boolean isOnlyServer() {
		List<NodeStatus> nodes = this.situation.nodes();
		return nodes.size() > 1 && nodes.stream()
			.allMatch((node) -> node.isUp() && this.leadership.compare(node).relation() == Relation.FOREIGN
					&& isReadAfter(node, this.leadership.lineageAt()));
	}

	private boolean isReplaced(NodeStatus node) {
		Relation found = this.leadership.compare(node).relation();
		return found == Relation.CONTINUES || isOffLineage(found);
	}

	/**
	 * Returns whether the same server was read later under another name, and no longer
	 * accepts writes.
	 */
	private boolean isOutdated(NodeStatus node) {
		return this.situation.nodes()
			.stream()
			.anyMatch((other) -> other.isSameServer(node) && !other.acceptsWrites()
					&& isReadAfter(other, node.lastAnswered()));
	}

	private static boolean isReadAfter(NodeStatus node, @Nullable Instant time) {
		Instant read = node.lastAnswered();
		return read != null && time != null && read.isAfter(time);
	}

	private static boolean isOffLineage(Relation relation) {
		return relation == Relation.FOREIGN || relation == Relation.BEHIND || relation == Relation.DIVERGED;
	}

	/**
	 * Returns whether the node was a copy within the limit when the leader was last seen.
	 */
	private boolean followed(NodeStatus node) {
		Replication sample = node.replication();
		Instant leaderSeen = this.leadership.seenAt();
		if (!this.settings.verify() && (sample == null || sample.lag() == null)) {
			return true;
		}
		return sample != null && leaderSeen != null && (!this.settings.verify() || replicated(node, sample))
				&& sample.isWithin(this.settings.maxLag(), leaderSeen);
	}

	/**
	 * Returns whether the node replicated the leader. A promoted follower does not do so
	 * any more, nor one that was started again without the leader, but their histories
	 * show that they did.
	 */
	private boolean replicated(NodeStatus node, Replication sample) {
		if (sample.verified() || !this.settings.standby()) {
			return sample.verified();
		}
		Comparison found = this.leadership.compare(node);
		return (node.role() == Role.WRITABLE) ? found.relation() == Relation.CONTINUES : found.isSameLine();
	}

	/**
	 * Returns whether a writable node may become the first leader of this application. A
	 * mirror may if it was promoted before, or if another node follows it.
	 */
	private boolean mayLeadFirst(NodeStatus node) {
		if (this.situation.isPreferred(node.node())) {
			return this.situation.others(node).noneMatch((other) -> isOvertaken(node, other));
		}
		History own = node.history();
		return !this.settings.verify() || (own != null && !isForeign(node)
				&& (own.isPromoted() || this.situation.others(node).anyMatch((other) -> isCopy(own, other))));
	}

	private boolean isOvertaken(NodeStatus older, NodeStatus newer) {
		return isNewer(older, newer) && (isTestified(older, newer) || (isWatched() && !hasGrown(older)));
	}

	/**
	 * Returns whether a writable node was promoted and carries the history of another on.
	 */
	static boolean isNewer(NodeStatus older, NodeStatus newer) {
		return newer.isWritable() && relation(older, newer) == Relation.CONTINUES;
	}

	/**
	 * Returns whether a third node follows the newer of two writable servers.
	 */
	private boolean isTestified(NodeStatus older, NodeStatus newer) {
		return this.situation.others(newer)
			.anyMatch((third) -> isCopy(newer.history(), third) && relation(older, third) == Relation.CONTINUES);
	}

	private boolean isWatched() {
		Rivalry rivalry = this.situation.rivalry();
		return rivalry != null && !this.situation.now().isBefore(rivalry.since().plus(WATCH));
	}

	private boolean hasGrown(NodeStatus node) {
		Rivalry rivalry = this.situation.rivalry();
		return rivalry != null && rivalry.grown().contains(node.node());
	}

	private static boolean isCopy(@Nullable History leading, NodeStatus node) {
		boolean shared = leading != null && leading.isShared() && node.role() == Role.WRITABLE;
		return node.isUp() && (shared || node.role() == Role.READ_ONLY)
				&& Comparison.of(leading, node.history()).isSameLine();
	}

	private static Relation relation(NodeStatus one, NodeStatus other) {
		return Comparison.of(one.history(), other.history()).relation();
	}

	private boolean isForeign(NodeStatus node) {
		if (!this.settings.verify()) {
			return false;
		}
		return (this.leadership.lineage() != null) ? this.leadership.compare(node).relation() == Relation.FOREIGN
				: relation(this.situation.preferred(), node) == Relation.FOREIGN;
	}

}
