package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.failover.Cause;
import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.PromotionTrigger;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.Verdict;
import dev.failover.internal.concurrent.UnexpectedErrors;
import dev.failover.internal.routing.CurrentRoute;
import dev.failover.internal.routing.NodePool;
import dev.failover.internal.routing.ResolvedRoute;
import dev.failover.internal.routing.ResolvedRoute.Loss;
import dev.failover.internal.routing.ResolvedRoute.Unserved;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the decisions of the monitor: publishes routes, releases the threads that wait
 * for a node that the route has left, and requests promotions. Confined to the monitor's
 * thread.
 */
public final class RouteApplier {

	private static final Logger logger = LoggerFactory.getLogger(RouteApplier.class);

	/** Class of SQLState of an unknown database: invalid catalog name, ISO/IEC 9075-2. */
	private static final String INVALID_CATALOG = "3D";

	private final CurrentRoute current;

	private final MonitoredNodes nodes;

	private final FailoverSettings settings;

	private final PromotionTrigger promotionTrigger;

	private final Executor workers;

	private final List<LateAbort> lateAborts = new ArrayList<>();

	private final List<Departure> departures = new ArrayList<>();

	private final UnexpectedErrors errors = new UnexpectedErrors(logger, "A pool could not be taken out of use or "
			+ "taken back. It is tried again in a moment; please report this");

	/** Reason for which no node can serve, or null. */
	private @Nullable Unserved unserved;

	/** When the last node for writes was lost, in {@link System#nanoTime()}. */
	private long writesLost = System.nanoTime();

	/**
	 * Creates an applier.
	 * @param promotionTrigger asks the cluster manager for a promotion
	 * @param workers threads that may block while asking
	 */
	public RouteApplier(CurrentRoute current, MonitoredNodes nodes, FailoverSettings settings,
			PromotionTrigger promotionTrigger, Executor workers) {
		this.current = current;
		this.nodes = nodes;
		this.settings = settings;
		this.promotionTrigger = promotionTrigger;
		this.workers = workers;
	}

	/**
	 * Returns the current route.
	 */
	Route route() {
		return this.current.get();
	}

	/**
	 * Publishes a route and stops using the nodes that it has left: work in flight is
	 * aborted on a lost node and on a deposed leader, and may end on a node that still
	 * answers otherwise.
	 * @param heldUp longest time for which a lost node may have held up callers
	 * @return number of connections in use that were aborted
	 */
	int apply(Route route, List<NodeStatus> statuses, Duration heldUp, Instant now) {
		Route previous = route();
		List<Departure> left = statuses.stream()
			.filter((status) -> previous.uses(status.node()) && !route.uses(status.node()))
			.map((status) -> new Departure(this.nodes.pool(status.node()),
					way(status, isDeposed(status, previous, route, statuses)), now))
			.toList();
		this.nodes.forEach((node) -> {
			if (route.uses(node.node())) {
				node.pool().readmit();
			}
		});
		this.departures.addAll(left);
		this.unserved = unserved(route, statuses);
		publish(route, heldUp);
		return depart();
	}

	private Way way(NodeStatus status, boolean deposed) {
		if (!deposed && !status.isLost()) {
			return Way.WITHOUT_HASTE;
		}
		return (deposed || this.settings.abortGrace().isZero()) ? Way.AT_ONCE : Way.WITH_GRACE;
	}

	/**
	 * Leaves the nodes that the route has left. One that cannot be left now is left in a
	 * later turn.
	 * @return number of connections in use that were aborted
	 */
	private int depart() {
		int aborted = 0;
		for (Iterator<Departure> pending = this.departures.iterator(); pending.hasNext();) {
			Departure departure = pending.next();
			try {
				aborted += route().uses(departure.pool().node()) ? 0 : leave(departure);
				pending.remove();
			}
			catch (Throwable ex) {
				this.errors.report(ex);
			}
		}
		return aborted;
	}

	/**
	 * Returns whether writes leave a server that still accepts them, or that must not be
	 * used any more, though no operator has asked for it: what it acknowledges from now
	 * on is lost, and a commit that waits there for a replica may wait without end.
	 */
	private boolean isDeposed(NodeStatus left, Route previous, Route route, List<NodeStatus> statuses) {
		boolean alone = this.settings.policy().standby() && left.acceptsWrites();
		return (alone || left.role() == Role.UNUSABLE) && left.node().equals(previous.writes())
				&& route.cause() == Cause.ROLE_CHANGED
				&& statuses.stream().noneMatch((other) -> other != left && other.isSameServer(left));
	}

	private static int abort(NodePool pool) {
		pool.quarantine();
		return pool.abort();
	}

	/**
	 * Retires the sessions of a node that leads to another server than before. Those of a
	 * server that accepted writes are aborted if the new one does, too: what they still
	 * write is lost. Replicas behind one name may take turns.
	 */
	void serverReplaced(NodeStatus before, NodeStatus after) {
		NodePool pool = this.nodes.pool(after.node());
		boolean writable = after.role() == Role.WRITABLE;
		if (before.role() == Role.WRITABLE && writable && this.settings.policy().standby()) {
			pool.abort();
		}
		else if (before.role() != after.role()) {
			pool.retire();
		}
	}

	private void publish(Route route, Duration heldUp) {
		if (route().writes() != null || !route().decided()) {
			this.writesLost = System.nanoTime();
		}
		ResolvedRoute resolved = ResolvedRoute.resolve(route, this.nodes::pool, this.settings.unwritable(),
				new Loss(this.writesLost, heldUp));
		Unserved reason = this.unserved;
		this.current.publish((reason != null) ? resolved.withReason(reason) : resolved);
	}

	/**
	 * Returns the reason for which no node can serve, or null if one can. At the start,
	 * requests do not wait if servers refuse every login, as a single pool does not.
	 */
	private static @Nullable Unserved unserved(Route route, List<NodeStatus> statuses) {
		if (statuses.stream().anyMatch(NodeStatus::isUp)) {
			return null;
		}
		boolean denied = route.cause() == Cause.STARTUP && statuses.stream()
			.anyMatch((status) -> status.node().equals(route.serving()) && isDenied(status.lastProbe()));
		return (denied || route.serving() == null)
				? new Unserved(statuses.stream().map(RouteApplier::describe).collect(Collectors.joining("; ")), denied)
				: null;
	}

	/**
	 * Returns whether a server refused the login, or has no such database.
	 */
	private static boolean isDenied(@Nullable Probe probe) {
		return probe != null && probe.verdict() == Verdict.IMPAIRED && (probe.errorClass() == ErrorClass.UNAUTHORIZED
				|| (probe.error() != null && probe.error().startsWith(INVALID_CATALOG)));
	}

	private static String describe(NodeStatus status) {
		Probe probe = status.lastProbe();
		return "node '" + status.node() + "' (" + status.address() + ") is " + status.state()
				+ ((probe != null && probe.error() != null) ? ": " + probe.error() : "");
	}

	private int leave(Departure departure) {
		NodePool pool = departure.pool();
		return switch (departure.way()) {
			case WITHOUT_HASTE -> {
				pool.releaseWaiters();
				yield 0;
			}
			case AT_ONCE -> abort(pool);
			case WITH_GRACE -> {
				pool.quarantine();
				this.lateAborts.add(new LateAbort(pool, departure.at().plus(this.settings.abortGrace())));
				yield 0;
			}
		};
	}

	/**
	 * Quarantines the pools of lost nodes that the route does not use, so that they
	 * neither hold up callers nor keep connecting, and readmits those of nodes that
	 * answer again.
	 */
	void tend(List<NodeStatus> statuses) {
		depart();
		if (this.unserved != null && statuses.stream().anyMatch(NodeStatus::isUp)) {
			this.unserved = null;
			publish(route(), Duration.ZERO);
		}
		for (NodeStatus status : statuses) {
			try {
				tend(status, this.nodes.pool(status.node()));
			}
			catch (Throwable ex) {
				this.errors.report(ex);
			}
		}
	}

	private void tend(NodeStatus status, NodePool pool) {
		Verdict last = (status.lastProbe() != null) ? status.lastProbe().verdict() : Verdict.UP;
		if (last == Verdict.DOWN && status.isLost() && !route().uses(status.node()) && !pool.isQuarantined()) {
			abort(pool);
		}
		else if (last == Verdict.UP && pool.isQuarantined()) {
			pool.readmit();
		}
		if (last == Verdict.UP || pool.isQuarantined()) {
			pool.helpWaiters();
		}
	}

	/**
	 * Aborts connections whose grace time is over, unless the route is back on their
	 * node.
	 */
	void abortLate(Instant now) {
		for (Iterator<LateAbort> pending = this.lateAborts.iterator(); pending.hasNext();) {
			LateAbort late = pending.next();
			if (route().uses(late.pool().node())) {
				pending.remove();
			}
			else if (!now.isBefore(late.due())) {
				late.pool().abort();
				pending.remove();
			}
		}
	}

	/**
	 * Holds new requests for a switchover and makes the probers probe often.
	 */
	void beginSwitchover() {
		this.current.hold();
		this.nodes.setUrgent(true);
	}

	/**
	 * Serves held requests on the current route after a switchover was given up.
	 */
	void giveUpSwitchover() {
		publish(route(), Duration.ZERO);
		this.nodes.setUrgent(route().writes() == null);
	}

	/**
	 * Asks the cluster manager to promote a node, on a worker.
	 * @param onFailure called on the worker if the manager could not be asked
	 */
	void requestPromotion(Node target, Consumer<Throwable> onFailure) {
		this.workers.execute(() -> {
			try {
				this.promotionTrigger.promote(target);
			}
			catch (Throwable ex) {
				onFailure.accept(ex);
				logger.warn("The promotion trigger failed to request the promotion of node '{}'. "
						+ "The switchover is given up", target, ex);
			}
		});
	}

	/**
	 * Aborts all work on the node for writes, which was lost before the route could leave
	 * it.
	 */
	void abortWrites() {
		Node writes = route().writes();
		if (writes != null) {
			this.nodes.pool(writes).abort();
		}
	}

	/**
	 * Returns the number of connections of a node that are in use.
	 */
	int inUse(Node node) {
		return this.nodes.pool(node).stats().active();
	}

	/**
	 * Pool on a node that the route has left.
	 *
	 * @param at time at which the route has left it
	 */
	private record Departure(NodePool pool, Way way, Instant at) {

	}

	/**
	 * Ways to leave a node.
	 */
	private enum Way {

		/** Waiters are released, and work in flight may end: the node answers. */
		WITHOUT_HASTE,

		/** Connections are aborted. */
		AT_ONCE,

		/** Connections are aborted when their grace time is over. */
		WITH_GRACE

	}

	/**
	 * Connections to abort when their grace time is over.
	 */
	private record LateAbort(NodePool pool, Instant due) {

	}

}
