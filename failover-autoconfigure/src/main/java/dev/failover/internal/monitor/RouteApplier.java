package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Route;
import dev.failover.Verdict;
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.internal.routing.NodePool;

/**
 * Applies a route: publishes it, then releases every thread that a node it has left holds
 * up. Confined to the monitor's thread.
 */
public final class RouteApplier {

	private final FailoverDataSource dataSource;

	private final Map<Node, NodePool> pools;

	private final Duration abortGrace;

	private final List<LateAbort> lateAborts = new ArrayList<>();

	public RouteApplier(FailoverDataSource dataSource, Map<Node, NodePool> pools, Duration abortGrace) {
		this.dataSource = dataSource;
		this.pools = new LinkedHashMap<>(pools);
		this.abortGrace = abortGrace;
	}

	/**
	 * Publish a route and leave the nodes that it no longer uses: work in flight on a
	 * lost one is aborted, on a living one it may end.
	 * @param heldUp how long a lost node may have held up callers
	 * @return connections in use that were aborted
	 */
	public int apply(Route route, List<NodeStatus> nodes, Duration heldUp, Instant now) {
		Route previous = this.dataSource.route();
		this.pools.forEach((node, pool) -> {
			if (route.uses(node)) {
				pool.unfence();
			}
		});
		this.dataSource.publish(route, heldUp);
		int aborted = 0;
		for (NodeStatus status : nodes) {
			if (previous.uses(status.node()) && !route.uses(status.node())) {
				aborted += leave(pool(status.node()), status.isLost(), now);
			}
		}
		return aborted;
	}

	private int leave(NodePool pool, boolean lost, Instant now) {
		if (!lost) {
			pool.releaseWaiters();
			return 0;
		}
		pool.fence();
		if (this.abortGrace.isZero()) {
			return pool.abort();
		}
		this.lateAborts.add(new LateAbort(pool, now.plus(this.abortGrace)));
		return 0;
	}

	/**
	 * Fence the pools of lost nodes that no route uses, so that they neither hold up nor
	 * hammer anybody, and open those of nodes that answer again.
	 */
	public void tend(Route route, List<NodeStatus> nodes) {
		for (NodeStatus status : nodes) {
			NodePool pool = pool(status.node());
			Verdict last = (status.lastProbe() != null) ? status.lastProbe().verdict() : Verdict.UP;
			if (last == Verdict.DOWN && status.isLost() && !route.uses(status.node()) && !pool.fenced()) {
				pool.fence();
				pool.abort();
			}
			else if (last == Verdict.UP && pool.fenced()) {
				pool.unfence();
			}
			if (last != Verdict.DOWN) {
				pool.helpWaiters();
			}
		}
	}

	/**
	 * Abort what was spared until now.
	 */
	public int abortLate(Route route, Instant now) {
		int aborted = 0;
		for (Iterator<LateAbort> pending = this.lateAborts.iterator(); pending.hasNext();) {
			LateAbort late = pending.next();
			if (route.uses(late.pool().node())) {
				pending.remove();
			}
			else if (!now.isBefore(late.due())) {
				aborted += late.pool().abort();
				pending.remove();
			}
		}
		return aborted;
	}

	/**
	 * Hold new requests until the next route, or until they are let go again.
	 */
	public void hold() {
		this.dataSource.hold();
	}

	/**
	 * Let held requests go on the route that there is.
	 */
	public void letGo(Route route) {
		this.dataSource.publish(route, Duration.ZERO);
	}

	/**
	 * How many connections of that node are in use.
	 */
	public int inUse(Node node) {
		return pool(node).stats().active();
	}

	public void answered(Node node) {
		pool(node).answered();
	}

	private NodePool pool(Node node) {
		NodePool pool = this.pools.get(node);
		if (pool == null) {
			throw new IllegalArgumentException("No node is named '" + node + "'");
		}
		return pool;
	}

	/**
	 * An abort that waits for the grace time.
	 */
	private record LateAbort(NodePool pool, Instant due) {
	}

}
