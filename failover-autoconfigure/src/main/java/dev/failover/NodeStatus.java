package dev.failover;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Status of a node at one moment.
 *
 * @param node the node
 * @param address host, port and database that its URL names, without credentials, such as
 * {@code db1:1234/orders}
 * @param server product and version of the server that answered last, as its driver names
 * them; null before the first answer
 * @param instance identity of the server that answered last, or null if it is not known;
 * two nodes with the same instance lead to the same server
 * @param state result of its probes so far
 * @param role role that the last answered probe read; {@code UNKNOWN} once it is down
 * @param breaker state of its circuit breaker
 * @param since time at which it entered this state
 * @param lastAnswered time of the last answered probe, or null if there was none
 * @param lastProbe the last probe, or null before the first
 * @param history history that was last read, or null
 * @param replication last replication sample taken of it as a follower, or null
 */
public record NodeStatus(Node node, String address, @Nullable String server, @Nullable String instance, NodeState state,
		Role role, BreakerState breaker, Instant since, @Nullable Instant lastAnswered, @Nullable Probe lastProbe,
		@Nullable History history, @Nullable Replication replication) {

	/**
	 * Returns the status before the first probe.
	 */
	public static NodeStatus unknown(Node node, String address, Instant now) {
		return new NodeStatus(node, address, null, null, NodeState.UNKNOWN, Role.UNKNOWN, BreakerState.CLOSED, now,
				null, null, null, null);
	}

	/**
	 * Returns a copy with another state of the breaker.
	 */
	public NodeStatus withBreaker(BreakerState breaker) {
		return new NodeStatus(this.node, this.address, this.server, this.instance, this.state, this.role, breaker,
				this.since, this.lastAnswered, this.lastProbe, this.history, this.replication);
	}

	/**
	 * Returns a copy with another replication sample, or with none.
	 */
	public NodeStatus withReplication(@Nullable Replication replication) {
		return new NodeStatus(this.node, this.address, this.server, this.instance, this.state, this.role, this.breaker,
				this.since, this.lastAnswered, this.lastProbe, this.history, replication);
	}

	/**
	 * Returns whether both nodes are known to lead to the same server.
	 */
	public boolean isSameServer(NodeStatus other) {
		return this.instance != null && this.instance.equals(other.instance);
	}

	/**
	 * Returns whether the node answers and its breaker permits its use.
	 */
	public boolean isUp() {
		return this.state == NodeState.UP && this.breaker.permits();
	}

	/**
	 * Returns whether probes have opened the node's breaker, or a person forced it open.
	 */
	public boolean isLost() {
		return !this.breaker.permits();
	}

	/**
	 * Returns whether the node is up and accepts writes.
	 */
	public boolean isWritable() {
		return isUp() && this.role == Role.WRITABLE;
	}

	/**
	 * Returns whether the server accepted writes when it was last asked. It may be one
	 * that refuses new connections and is used on those that are open, so that it is not
	 * up.
	 */
	public boolean acceptsWrites() {
		return isWritable() || (this.role == Role.WRITABLE && !isLost() && this.lastProbe != null
				&& this.lastProbe.at().equals(this.lastAnswered));
	}

	/**
	 * Returns whether enough is known of the node for a decision: it has answered, or it
	 * is down, or it was probed and a person has disabled its breaker.
	 */
	public boolean isConclusive() {
		return this.state != NodeState.UNKNOWN || isLost() || (this.breaker.forced() && this.lastProbe != null);
	}

}
