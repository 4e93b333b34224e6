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

	private final @Nullable Node from;

	private final String operator;

	private final Instant drainUntil;

	private final Instant promoteUntil;

	private final CompletableFuture<RouteChange> outcome;

	private boolean drained;

	private @Nullable String refusal;

	private volatile @Nullable Throwable failure;

	/**
	 * Begins a switchover.
	 * @param situation situation in which it was requested
	 */
	Switchover(Node target, String operator, Situation situation, SwitchoverLimits limits,
			CompletableFuture<RouteChange> outcome) {
		this.target = target;
		this.from = situation.route().writes();
		this.operator = operator;
		this.drainUntil = situation.now().plus(limits.drain());
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
	 * work in flight has ended, or the node on which it is done was lost.
	 */
	Progress advance(Situation situation, RouteApplier applier) {
		boolean lost = situation.status(this.from).filter(NodeStatus::isLost).isPresent();
		if (drains((this.from != null && !lost) ? applier.inUse(this.from) : 0, situation.now())) {
			applier.requestPromotion(this.target, (failure) -> this.failure = failure);
		}
		NodeStatus status = situation.status(this.target).orElseThrow();
		if (this.drained && status.isWritable()) {
			return Progress.DUE;
		}
		String reason = hopeless(status, situation.now());
		if (reason == null) {
			return lost ? Progress.FAILING_OVER : Progress.WAITING;
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
			refuse(String.valueOf(this.refusal));
		}
	}

	/**
	 * Gives the switchover up because of an error.
	 */
	void fail(Throwable error, RouteApplier applier) {
		try {
			applier.giveUpSwitchover();
		}
		finally {
			this.outcome.completeExceptionally(error);
		}
	}

	/**
	 * Refuses the switchover. The requests that it holds are not served.
	 */
	void refuse(String reason) {
		this.outcome.completeExceptionally(new OperationRefusedException(reason));
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
		Throwable failed = this.failure;
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

		/**
		 * As {@link #WAITING}, but the node that took writes was lost: its work has to
		 * end, and the route has to leave it if another node takes writes or this lasts.
		 */
		FAILING_OVER,

		/** The route can be moved. */
		DUE,

		/** It cannot succeed any more and has to be given up. */
		HOPELESS

	}

}
