package dev.failover.internal.routing;

import dev.failover.Access;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * A route resolved to the pools that connections come from.
 *
 * @param route the route
 * @param plain pool for connections that may write, or null when there is none for now
 * @param reads pool for connections that will only read, or null when there is none for
 * now
 * @param refused whether connections that may write are refused at once
 * @param heldUpNanos how long threads may have been held up by the node that it left:
 * taken off the time that they may still wait
 */
record ResolvedRoute(Route route, @Nullable NodePool plain, @Nullable NodePool reads, boolean refused,
		long heldUpNanos) {

	/**
	 * The same route while new requests are held.
	 */
	ResolvedRoute held() {
		return new ResolvedRoute(this.route, null, null, false, 0);
	}

	@Nullable NodePool pool(Access access) {
		return (access == Access.WRITES) ? this.plain : this.reads;
	}

	boolean refuses(Access access) {
		return this.refused && access == Access.WRITES;
	}

}
