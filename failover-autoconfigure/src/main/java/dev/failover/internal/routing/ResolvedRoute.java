package dev.failover.internal.routing;

import java.time.Duration;
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
 * @param reads pool for connections that will only read, or null if there is none for now
 * @param rejectsWrites whether requests for connections that may write are refused at
 * once
 * @param heldUpNanos longest time for which the node that the route left may have held up
 * its callers, deducted from the time that they may still wait
 * @param closeReason reason for which no request is served any more, or null
 */
public record ResolvedRoute(Route route, @Nullable NodePool writes, @Nullable NodePool reads, boolean rejectsWrites,
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
		Node reads = route.reads();
		boolean serves = serving != null && (!readOnly || readOnlyMode == ReadOnlyMode.SERVE);
		return new ResolvedRoute(route, serves ? pools.apply(serving) : null,
				(reads != null) ? pools.apply(reads) : null, readOnly && readOnlyMode == ReadOnlyMode.REJECT,
				heldUp.toNanos(), null);
	}

	/**
	 * Resolves a route whose requests are held.
	 */
	static ResolvedRoute holding(Route route) {
		return new ResolvedRoute(route, null, null, false, 0, null);
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
		return new ResolvedRoute(this.route, null, null, false, 0, reason);
	}

	boolean isClosed() {
		return this.closeReason != null;
	}

	@Nullable NodePool pool(Access access) {
		return (access == Access.WRITES) ? this.writes : this.reads;
	}

	boolean rejects(Access access) {
		return this.rejectsWrites && access == Access.WRITES;
	}

}
