package dev.failover.internal.monitor;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.PromotionTrigger;
import dev.failover.RouteChange;
import org.jspecify.annotations.Nullable;

/**
 * A planned move of the route under way: new requests are held, work in flight may end,
 * then the target must take writes. Confined to the monitor's thread, except for the
 * outcome.
 */
final class Switchover {

	private final Node target;

	private final String operator;

	private final Instant drainUntil;

	private final Instant promoteUntil;

	private final CompletableFuture<RouteChange> outcome;

	private boolean drained;

	private volatile @Nullable RuntimeException failure;

	Switchover(Node target, String operator, Instant now, MonitorSettings settings,
			CompletableFuture<RouteChange> outcome) {
		this.target = target;
		this.operator = operator;
		this.drainUntil = now.plus(settings.drainTimeout());
		this.promoteUntil = this.drainUntil.plus(settings.promotionTimeout());
		this.outcome = outcome;
	}

	Node target() {
		return this.target;
	}

	CompletableFuture<RouteChange> outcome() {
		return this.outcome;
	}

	String evidence() {
		return "requested by " + this.operator;
	}

	/**
	 * Whether work in flight has ended, or its time has.
	 * @return true once, when that happens
	 */
	boolean drainedNow(int inUse, Instant now) {
		boolean before = this.drained;
		this.drained = before || inUse == 0 || !now.isBefore(this.drainUntil);
		return this.drained && !before;
	}

	/**
	 * Whether the route can be moved.
	 */
	boolean due(NodeStatus target) {
		return this.drained && target.isWritable();
	}

	/**
	 * The promotion could not be asked for.
	 */
	void failed(RuntimeException failure) {
		this.failure = failure;
	}

	/**
	 * Why it has to be given up, or null.
	 */
	@Nullable String hopeless(NodeStatus status, Instant now) {
		RuntimeException failed = this.failure;
		if (failed != null) {
			return "The promotion of '" + this.target + "' could not be asked for: " + failed.getMessage();
		}
		if (status.isLost()) {
			return "Node '" + this.target + "' was lost during the switchover";
		}
		if (this.drained && !now.isBefore(this.promoteUntil)) {
			return "Node '" + this.target + "' did not take writes in time. Promote it with the database's own manager "
					+ "while the switchover waits, or define a bean of type " + PromotionTrigger.class.getName();
		}
		return null;
	}

}
