package dev.failover.internal.policy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Leader and lineage that the route follows. The leader is a server, under whatever name
 * it is reached. Immutable.
 *
 * @param node name under which the leader last took writes, or null before there was one
 * @param server instance of the leader, or null if it is not known
 * @param lineage history of the leader when it was last read, or null
 * @param lineageAt time at which a node last had it, or null
 * @param seenAt time at which it was last read as writable, or null
 * @param deposed whether another server leads that no name of ours has shown yet
 * @param followers servers that were last seen following the leader itself, and the names
 * under which they did
 * @param rivals servers that were promoted while the leader went on taking writes
 * @param chosenAt time at which an operator put writes on the leader, or null
 */
public record Leadership(@Nullable Node node, @Nullable String server, @Nullable History lineage,
		@Nullable Instant lineageAt, @Nullable Instant seenAt, boolean deposed, Set<String> followers,
		Set<String> rivals, @Nullable Instant chosenAt) {

	/** Prefix of the names of followers, which no instance has. */
	private static final String FOLLOWER_NAME = "name ";

	/** Stands for the server that writes followed in a pause, which no instance has. */
	private static final String UNNAMED = "followed in a pause";

	/** No node has taken writes yet. */
	public static final Leadership NONE = new Leadership(null, null, null, null, null, false, Set.of(), Set.of(), null);

	public Leadership {
		followers = Set.copyOf(followers);
		rivals = Set.copyOf(rivals);
	}

	/**
	 * Returns a key for the server behind a node: its instance or, if that is not known,
	 * the name of the node.
	 */
	public static String key(NodeStatus status) {
		return Objects.requireNonNullElse(status.instance(), status.node().name());
	}

	/**
	 * Returns the {@linkplain #key(NodeStatus) key} of the leader, or null if no node
	 * leads to it.
	 */
	public @Nullable String leader() {
		if (this.deposed || this.node == null) {
			return null;
		}
		return Objects.requireNonNullElse(this.server, this.node.name());
	}

	/**
	 * Returns whether some node has taken writes.
	 */
	public boolean isKnown() {
		return this.node != null;
	}

	/**
	 * Returns whether a node leads to the leader.
	 */
	public boolean leads(NodeStatus status) {
		if (this.deposed) {
			return false;
		}
		return (this.server != null && status.instance() != null) ? this.server.equals(status.instance())
				: status.node().equals(this.node);
	}

	/**
	 * Returns the relation of a node's history to the lineage.
	 */
	public Comparison compare(NodeStatus status) {
		return Comparison.of(this.lineage, status.history());
	}

	/**
	 * Returns whether the server of a node writes the leader's history together with it.
	 */
	boolean isShared(NodeStatus status) {
		return status.history() != null && status.history().isShared() && compare(status).isSameLine();
	}

	/**
	 * Returns whether the server of a node was promoted while the leader went on taking
	 * writes, so that it may lack some of them.
	 */
	boolean isRival(NodeStatus status) {
		return this.rivals.contains(key(status));
	}

	/**
	 * Returns the leadership once writes go to a node. A server that goes on where the
	 * leader was last seen is the leader after a restart: who followed the one followed
	 * the other.
	 */
	public Leadership led(NodeStatus status) {
		if (leads(status)) {
			return new Leadership(status.node(), this.server, this.lineage, this.lineageAt, this.seenAt, false,
					this.followers, this.rivals, this.chosenAt);
		}
		Relation relation = compare(status).relation();
		boolean restarted = !this.deposed && (relation == Relation.SAME || relation == Relation.AHEAD);
		boolean told = status.history() != null;
		return new Leadership(status.node(), status.instance(), told ? status.history() : this.lineage,
				told ? status.lastAnswered() : this.lineageAt, status.lastAnswered(), false,
				restarted ? this.followers : Set.of(), restarted ? this.rivals : Set.of(),
				(restarted && status.node().equals(this.node)) ? this.chosenAt : null);
	}

	/**
	 * Returns the leadership once an operator has put writes on the leader. It holds
	 * until another server leads.
	 */
	Leadership chosen(Instant at) {
		return new Leadership(this.node, this.server, this.lineage, this.lineageAt, this.seenAt, this.deposed,
				this.followers, this.rivals, at);
	}

	/**
	 * Returns the leadership once the lineage is that of another server. It becomes the
	 * leader when the route may change.
	 */
	Leadership followed(NodeStatus status) {
		return new Leadership(this.node, UNNAMED, status.history(), status.lastAnswered(), this.seenAt, false, Set.of(),
				Set.of(), null);
	}

	/**
	 * Returns the leadership after a node was read.
	 */
	public Leadership read(NodeStatus status) {
		if (!isKnown()) {
			return this;
		}
		Relation relation = compare(status).relation();
		if (leads(status) && status.role() == Role.WRITABLE) {
			return extended(status, relation);
		}
		if (status.role() == Role.READ_ONLY && relation == Relation.CONTINUES && leads(status)) {
			return deposedBy(status);
		}
		if (status.role() == Role.UNUSABLE && leads(status) && !isShared(status)) {
			return abandoned();
		}
		if (status.role() == Role.WRITABLE) {
			return this;
		}
		boolean holds = relation == Relation.SAME || relation == Relation.AHEAD;
		return (holds ? withLineageAt(status.lastAnswered()) : this).withRival(status, false);
	}

	private Leadership withLineageAt(@Nullable Instant at) {
		return new Leadership(this.node, this.server, this.lineage, at, this.seenAt, this.deposed, this.followers,
				this.rivals, this.chosenAt);
	}

	/**
	 * Returns the leadership after a node was read that receives the log of another
	 * server than the leader. If it was a follower of the leader itself, and what it
	 * follows now continues the lineage, the leader is deposed. A follower that was
	 * started again is known by its name.
	 * @param name name under which no other node receives a log, or null
	 */
	Leadership testified(NodeStatus follower, @Nullable String name) {
		boolean continues = isKnown() && follower.role() == Role.READ_ONLY
				&& compare(follower).relation() == Relation.CONTINUES;
		boolean known = this.followers.contains(key(follower))
				|| (name != null && this.followers.contains(FOLLOWER_NAME + name));
		return (continues && known) ? deposedBy(follower) : this;
	}

	/**
	 * Returns the leadership once the leader must not be used any more: any server that
	 * continues its history may be the next one.
	 */
	private Leadership abandoned() {
		return deposed(this.lineage, this.lineageAt);
	}

	private Leadership deposedBy(NodeStatus status) {
		return deposed(status.history(), status.lastAnswered());
	}

	private Leadership deposed(@Nullable History lineage, @Nullable Instant lineageAt) {
		return new Leadership(this.node, null, lineage, lineageAt, this.seenAt, true, Set.of(), Set.of(), null);
	}

	/**
	 * Returns the leadership once the leader was read. What a process tells later is its
	 * history, also where it tells less than before.
	 */
	private Leadership extended(NodeStatus status, Relation relation) {
		boolean sameProcess = this.server != null && this.server.equals(status.instance());
		boolean later = relation == Relation.SAME || relation == Relation.AHEAD || relation == Relation.CONTINUES
				|| (relation == Relation.UNKNOWN && sameProcess) || this.lineage == null;
		boolean told = later && status.history() != null;
		return new Leadership(this.node, (status.instance() != null) ? status.instance() : this.server,
				told ? status.history() : this.lineage, told ? status.lastAnswered() : this.lineageAt,
				status.lastAnswered(), false, this.followers, this.rivals, this.chosenAt);
	}

	/**
	 * Returns the leadership once it is known whether a node follows the leader itself.
	 * @param name name under which no other node receives a log, or null
	 */
	public Leadership withFollower(NodeStatus status, @Nullable String name, boolean follows) {
		Set<String> servers = with(this.followers, key(status), follows);
		return new Leadership(this.node, this.server, this.lineage, this.lineageAt, this.seenAt, this.deposed,
				(name != null) ? with(servers, FOLLOWER_NAME + name, follows) : servers, this.rivals, this.chosenAt);
	}

	/**
	 * Returns the leadership once the leader was read as writable after a node was
	 * promoted, or once that node no longer accepts writes.
	 */
	public Leadership withRival(NodeStatus status, boolean rival) {
		return new Leadership(this.node, this.server, this.lineage, this.lineageAt, this.seenAt, this.deposed,
				this.followers, with(this.rivals, key(status), rival), this.chosenAt);
	}

	private static Set<String> with(Set<String> all, String key, boolean contained) {
		if (all.contains(key) == contained) {
			return all;
		}
		Set<String> changed = new HashSet<>(all);
		if (contained) {
			changed.add(key);
		}
		else {
			changed.remove(key);
		}
		return changed;
	}

}
