package dev.failover;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of a node at one moment.
 *
 * @param node the node
 * @param state what its probes add up to
 * @param role the role that the last answered probe read; {@code UNKNOWN} once it is down
 * @param breaker state of its breaker
 * @param since since when it has been in this state
 * @param lastAnswered when it last answered a probe, or null if never
 * @param lastProbe the last probe, or null before the first
 * @param identity identity that was last read, or null
 * @param replication last replication sample taken of it as a follower, or null
 */
public record NodeStatus(Node node, NodeState state, Role role, BreakerState breaker, Instant since,
		@Nullable Instant lastAnswered, @Nullable Probe lastProbe, @Nullable History identity,
		@Nullable Replication replication) {

	/**
	 * What is known before the first probe.
	 */
	public static NodeStatus unknown(Node node, Instant now) {
		return new NodeStatus(node, NodeState.UNKNOWN, Role.UNKNOWN, BreakerState.CLOSED, now, null, null, null, null);
	}

	/**
	 * The same with another state of its breaker.
	 */
	public NodeStatus with(BreakerState breaker) {
		return new NodeStatus(this.node, this.state, this.role, breaker, this.since, this.lastAnswered, this.lastProbe,
				this.identity, this.replication);
	}

	/**
	 * The same with another identity.
	 */
	public NodeStatus with(History identity) {
		return new NodeStatus(this.node, this.state, this.role, this.breaker, this.since, this.lastAnswered,
				this.lastProbe, identity, this.replication);
	}

	/**
	 * The same with that replication sample, or with none.
	 */
	public NodeStatus withReplication(@Nullable Replication replication) {
		return new NodeStatus(this.node, this.state, this.role, this.breaker, this.since, this.lastAnswered,
				this.lastProbe, this.identity, replication);
	}

	/**
	 * Whether the node answers and its breaker permits its use.
	 */
	public boolean up() {
		return this.state == NodeState.UP && this.breaker.permits();
	}

	/**
	 * Whether probes have opened its breaker, or a person forced it open.
	 */
	public boolean lost() {
		return !this.breaker.permits();
	}

	/**
	 * Whether it is up and accepts writes.
	 */
	public boolean writable() {
		return up() && this.role == Role.WRITABLE;
	}

	/**
	 * Whether enough is known to decide by: it has answered, or it is down, or its
	 * breaker will never say so because a person has disabled it.
	 */
	public boolean conclusive() {
		boolean silenced = this.breaker == BreakerState.DISABLED || this.breaker == BreakerState.METRICS_ONLY;
		return this.state != NodeState.UNKNOWN || lost() || (silenced && this.lastProbe != null);
	}

}
