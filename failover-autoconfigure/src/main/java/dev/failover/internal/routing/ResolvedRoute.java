package dev.failover.internal.routing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.ReadOnlyMode;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * A route resolved to the pools that connections come from. Immutable.
 *
 * @param route the route
 * @param writes pool for connections that may write, or null if there is none for now; in
 * {@link ReadOnlyMode#SERVE} the pool for reads while no node accepts writes
 * @param reads pools for connections that will only read; empty if there is none for now
 * @param rejectsWrites whether requests for connections that may write are refused at
 * once
 * @param heldUpNanos longest time for which the node that the route left may have held up
 * its callers, deducted from the time that they may still wait
 * @param closeReason reason for which no request is served any more, or null
 */
public record ResolvedRoute(Route route, @Nullable NodePool writes, List<NodePool> reads, boolean rejectsWrites,
		long heldUpNanos, @Nullable RuntimeException closeReason) {

	/**
	 * Resolves a route.
	 * @param pools provides the pool on a node
	 * @param readOnlyMode treatment of requests that may write while no node accepts
	 * writes
	 * @param heldUp longest time for which the node that the route left may have held up
	 * its callers
	 */
	public static ResolvedRoute resolve(Route route, Function<Node, @Nullable NodePool> pools,
			ReadOnlyMode readOnlyMode, Duration heldUp) {
		boolean readOnly = route.mode() == Mode.READ_ONLY;
		Node serving = route.serving();
		boolean serves = serving != null && (!readOnly || readOnlyMode == ReadOnlyMode.SERVE);
		return new ResolvedRoute(route, serves ? pools.apply(serving) : null,
				route.reads().stream().map(pools).filter(Objects::nonNull).toList(),
				readOnly && readOnlyMode == ReadOnlyMode.REJECT, heldUp.toNanos(), null);
	}

	/**
	 * Resolves a route whose requests are held.
	 */
	static ResolvedRoute holding(Route route) {
		return new ResolvedRoute(route, null, List.of(), false, 0, null);
	}

	/**
	 * Returns the same route while new requests are held.
	 */
	ResolvedRoute withoutPools() {
		return holding(this.route);
	}

	/**
	 * Returns the same route after the data source was closed.
	 */
	ResolvedRoute closed(RuntimeException reason) {
		return new ResolvedRoute(this.route, null, List.of(), false, 0, reason);
	}

	boolean isClosed() {
		return this.closeReason != null;
	}

	/**
	 * Returns a pool for the given work, or null if there is none: of several the less
	 * busy one of two that are chosen at random.
	 */
	@Nullable NodePool pool(Access access) {
		if (access == Access.WRITES) {
			return this.writes;
		}
		return switch (this.reads.size()) {
			case 0 -> null;
			case 1 -> this.reads.get(0);
			default -> lessBusy();
		};
	}

	private NodePool lessBusy() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int first = random.nextInt(this.reads.size());
		int second = (first + 1 + random.nextInt(this.reads.size() - 1)) % this.reads.size();
		NodePool one = this.reads.get(first);
		NodePool other = this.reads.get(second);
		return (other.load() < one.load()) ? other : one;
	}

	/**
	 * Returns whether connections for the given work may come from a pool.
	 */
	boolean serves(NodePool pool, Access access) {
		return (access == Access.WRITES) ? pool == this.writes : this.reads.contains(pool);
	}

	boolean rejects(Access access) {
		return this.rejectsWrites && access == Access.WRITES;
	}

}
