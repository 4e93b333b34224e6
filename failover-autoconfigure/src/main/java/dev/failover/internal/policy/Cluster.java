package dev.failover.internal.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.failover.History.Relation;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Last known status of each node, and the leadership that follows from it. Immutable.
 *
 * @param nodes status of each node, in order of preference
 * @param leadership leader and lineage that the route follows
 * @param severalWritableSince time at which the last of several servers began to accept
 * writes, or null if at most one does
 */
public record Cluster(List<NodeStatus> nodes, Leadership leadership, @Nullable Instant severalWritableSince) {

	public Cluster {
		nodes = List.copyOf(nodes);
	}

	/**
	 * Returns the cluster before the first probe.
	 */
	public static Cluster unknown(List<NodeStatus> nodes) {
		return new Cluster(nodes, Leadership.NONE, null);
	}

	/**
	 * Returns the status of a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public NodeStatus status(Node node) {
		for (NodeStatus status : this.nodes) {
			if (status.node().equals(node)) {
				return status;
			}
		}
		throw new IllegalArgumentException("There is no node named '" + node + "'");
	}

	/**
	 * Returns a copy with another status of a node.
	 */
	public Cluster with(NodeStatus changed) {
		return new Cluster(
				this.nodes.stream().map((status) -> status.node().equals(changed.node()) ? changed : status).toList(),
				this.leadership, this.severalWritableSince);
	}

	private Cluster with(Leadership leadership) {
		return new Cluster(this.nodes, leadership, this.severalWritableSince);
	}

	/**
	 * Returns the cluster once writes go to a node: the other servers are its followers
	 * from now on.
	 */
	public Cluster led(Node node) {
		return with(this.leadership.led(status(node)));
	}

	/**
	 * Returns the cluster once an operator has put writes on the leader.
	 */
	public Cluster chosen(Instant at) {
		return with(this.leadership.chosen(at));
	}

	/**
	 * Returns the cluster once writes go to another server behind a node, while automatic
	 * changes are paused.
	 */
	public Cluster ledInPause(Node node) {
		return with(this.leadership.followed(status(node)));
	}

	/**
	 * Returns the cluster after a probe.
	 * @param learned status of the node after it
	 * @param read whether the probe has read the node
	 * @param at time of the probe
	 */
	public Cluster probed(NodeStatus learned, boolean read, Instant at) {
		Cluster next = with(learned).withSeveralWritable(writableServers(), at);
		return read ? next.with(next.leadership.read(learned)).withRivals() : next;
	}

	private Cluster withSeveralWritable(Set<String> before, Instant at) {
		Set<String> servers = writableServers();
		boolean same = this.severalWritableSince != null && before.containsAll(servers);
		return new Cluster(this.nodes, this.leadership,
				(servers.size() > 1) ? (same ? this.severalWritableSince : at) : null);
	}

	private Set<String> writableServers() {
		return writable().stream().map(Leadership::key).collect(Collectors.toSet());
	}

	/**
	 * Records the servers that were promoted while the leader went on taking writes: it
	 * was read as writable after they were.
	 */
	private Cluster withRivals() {
		Instant since = this.severalWritableSince;
		Instant seen = this.leadership.seenAt();
		if (since == null || seen == null || !seen.isAfter(since)) {
			return this;
		}
		Leadership next = this.leadership;
		for (NodeStatus status : writable()) {
			if (!next.leads(status) && next.compare(status).relation() == Relation.CONTINUES) {
				next = next.withRival(status, true);
			}
		}
		return with(next);
	}

	/**
	 * Returns the cluster after the replication of a node was read. What was read of the
	 * others before does not show that they have left the leader: it may have restarted.
	 * A follower that leaves while several servers accept writes, or the leader has a
	 * rival, stays known as one: moved to the rival, it receives the old history first,
	 * up to the promotion.
	 * @param receiving whether the node is receiving the log of another server
	 * @param name name under which no other node receives a log, or null
	 * @param followsLeader whether a node follows the leader itself; empty if that is not
	 * known
	 */
	public Cluster followed(Node node, boolean receiving, @Nullable String name,
			Function<Node, Optional<Boolean>> followsLeader) {
		boolean contested = this.severalWritableSince != null;
		boolean other = receiving && !followsLeader.apply(node).orElse(false);
		Leadership next = other ? this.leadership.testified(status(node), name) : this.leadership;
		for (NodeStatus status : this.nodes) {
			if (status.role() == Role.READ_ONLY && next.compare(status).isSameLine()) {
				Optional<Boolean> follows = followsLeader.apply(status.node());
				boolean left = status.node().equals(node) && !contested && this.nodes.stream().noneMatch(next::isRival);
				boolean told = follows.isPresent() && (follows.get() || left);
				next = told ? next.withFollower(status, status.node().equals(node) ? name : null, follows.get()) : next;
			}
		}
		return with(next);
	}

	/**
	 * Returns the servers that accept writes at once, or null if at most one does. They
	 * are confirmed once each was read as writable after the last of them became
	 * writable: in a clean switchover the old leader was merely not read again yet.
	 * @param grown nodes whose log has grown by work
	 */
	public @Nullable Rivalry rivalry(Set<Node> grown) {
		Instant since = this.severalWritableSince;
		if (since == null) {
			return null;
		}
		boolean confirmed = writable().stream()
			.map(NodeStatus::lastAnswered)
			.allMatch((answered) -> answered != null && answered.isAfter(since));
		return new Rivalry(since, confirmed, grown);
	}

	/**
	 * Returns the nodes that accept writes.
	 */
	public List<NodeStatus> writable() {
		return this.nodes.stream().filter(NodeStatus::acceptsWrites).toList();
	}

}
