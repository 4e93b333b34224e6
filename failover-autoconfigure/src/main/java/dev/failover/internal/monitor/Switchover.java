package dev.failover.internal.monitor;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.PromotionTrigger;
import dev.failover.RouteChange;
import dev.failover.internal.monitor.FailoverSettings.SwitchoverLimits;
import dev.failover.internal.policy.Situation;
import org.jspecify.annotations.Nullable;

/**
 * Planned move of the route: new requests are held, work in flight may end, then the
 * target must accept writes. Confined to the monitor's thread, except for its outcome.
 */
final class Switchover {

	private final Node target;

	private final String operator;

	private final Instant drainUntil;

	private final Instant promoteUntil;

	private final CompletableFuture<RouteChange> outcome;

	private boolean drained;

	private @Nullable String refusal;

	private volatile @Nullable RuntimeException failure;

	Switchover(Node target, String operator, Instant now, SwitchoverLimits limits,
			CompletableFuture<RouteChange> outcome) {
		this.target = target;
		this.operator = operator;
		this.drainUntil = now.plus(limits.drain());
		this.promoteUntil = this.drainUntil.plus(limits.promotion());
		this.outcome = outcome;
	}

	Node target() {
		return this.target;
	}

	String evidence() {
		return "requested by " + this.operator;
	}

	/**
	 * Advances the switchover as far as the situation allows. Requests the promotion once
	 * work in flight has ended.
	 */
	Progress advance(Situation situation, RouteApplier applier) {
		Node from = situation.route().writes();
		if (drains((from != null) ? applier.inUse(from) : 0, situation.now())) {
			applier.requestPromotion(this.target, (failure) -> this.failure = failure);
		}
		NodeStatus status = situation.status(this.target).orElseThrow();
		if (this.drained && status.isWritable()) {
			return Progress.DUE;
		}
		String reason = hopeless(status, situation.now());
		if (reason == null) {
			return Progress.WAITING;
		}
		this.refusal = reason;
		return Progress.HOPELESS;
	}

	/**
	 * Gives the switchover up: held requests go on on the old route.
	 */
	void giveUp(RouteApplier applier) {
		try {
			applier.giveUpSwitchover();
		}
		finally {
			this.outcome.completeExceptionally(new OperationRefusedException(String.valueOf(this.refusal)));
		}
	}

	/**
	 * Completes the outcome: the route has moved.
	 */
	void complete(RouteChange change) {
		this.outcome.complete(change);
	}

	/**
	 * Returns true once, when work in flight has ended or its time has.
	 */
	private boolean drains(int inUse, Instant now) {
		boolean before = this.drained;
		this.drained = before || inUse == 0 || !now.isBefore(this.drainUntil);
		return this.drained && !before;
	}

	/**
	 * Returns the reason why the switchover cannot succeed, or null.
	 */
	private @Nullable String hopeless(NodeStatus status, Instant now) {
		RuntimeException failed = this.failure;
		if (failed != null) {
			return "The promotion of node '" + this.target + "' could not be requested: " + failed.getMessage();
		}
		if (status.isLost()) {
			return "Node '" + this.target + "' was lost during the switchover";
		}
		if (this.drained && !now.isBefore(this.promoteUntil)) {
			return "Node '" + this.target + "' did not accept writes in time. Promote it with the cluster "
					+ "manager while the switchover waits, or define a bean of type "
					+ PromotionTrigger.class.getName();
		}
		return null;
	}

	/**
	 * Progress of a switchover.
	 */
	enum Progress {

		/** Work in flight has not ended, or the target does not accept writes yet. */
		WAITING,

		/** The route can be moved. */
		DUE,

		/** It cannot succeed any more and has to be given up. */
		HOPELESS

	}

}
