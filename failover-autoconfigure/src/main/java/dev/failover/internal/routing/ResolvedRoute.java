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
 * @param all pool for all work if its kind does not matter, else null
 * @param writes pool for transactions that are not read-only, or null if there is none
 * for now
 * @param any pool for work outside of transactions, or null if there is none for now;
 * while no node accepts writes, it may be one that can only read
 * @param reads pools for read-only transactions; empty if there is none for now
 * @param refusal the requests that are refused, or null if there are none
 * @param heldUpNanos longest time for which the node that the route left may have held up
 * its callers, deducted from the time that they may still wait
 * @param closeReason reason for which no request is served any more, or null
 * @param unserved reason for which no node can serve, or null if one can
 */
public record ResolvedRoute(Route route, @Nullable NodePool all, @Nullable NodePool writes, @Nullable NodePool any,
		List<NodePool> reads, @Nullable Refusal refusal, long heldUpNanos, @Nullable RuntimeException closeReason,
		@Nullable Unserved unserved) {

	/**
	 * Resolves a route.
	 * @param pools provides the pool on a node
	 * @param unwritable treatment of requests while no node accepts writes
	 * @param loss the loss by which the route, or an earlier one, lost its node for
	 * writes
	 */
	public static ResolvedRoute resolve(Route route, Function<Node, @Nullable NodePool> pools, Unwritable unwritable,
			Loss loss) {
		boolean readOnly = route.mode() == Mode.READ_ONLY;
		Node serving = route.serving();
		NodePool pool = (serving != null) ? pools.apply(serving) : null;
		NodePool writes = (!readOnly || unwritable.servesWrites()) ? pool : null;
		NodePool any = (!readOnly || unwritable.servesOthers()) ? pool : null;
		List<NodePool> reads = route.reads().stream().map(pools).filter(Objects::nonNull).toList();
		boolean alike = writes == any && reads.size() == 1 && reads.get(0) == any;
		boolean lost = route.decided() && route.writes() == null;
		return new ResolvedRoute(route, alike ? any : null, writes, any, reads,
				lost ? unwritable.refusal(readOnly, loss.nanos()) : null, loss.heldUp().toNanos(), null, null);
	}

	/**
	 * Resolves a route whose requests are held.
	 */
	static ResolvedRoute holding(Route route) {
		return new ResolvedRoute(route, null, null, null, List.of(), null, 0, null, null);
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
		return new ResolvedRoute(this.route, null, null, null, List.of(), null, 0, reason, null);
	}

	/**
	 * Returns the same route with the reason for which no node can serve.
	 */
	public ResolvedRoute withReason(Unserved reason) {
		return reason.atOnce() ? new ResolvedRoute(this.route, null, null, null, List.of(), null, 0, null, reason)
				: new ResolvedRoute(this.route, this.all, this.writes, this.any, this.reads, this.refusal,
						this.heldUpNanos, null, reason);
	}

	/**
	 * Returns whether each request is refused at once, because no node lets anybody log
	 * in.
	 */
	boolean isDenied() {
		return this.unserved != null && this.unserved.atOnce();
	}

	boolean isClosed() {
		return this.closeReason != null;
	}

	/**
	 * Returns a pool for the given work, or null if there is none: of several the less
	 * busy one of two that are chosen at random.
	 */
	@Nullable NodePool pool(Access access) {
		return switch (access) {
			case WRITES -> this.writes;
			case ANY -> this.any;
			case READS -> readPool();
		};
	}

	private @Nullable NodePool readPool() {
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
		return switch (access) {
			case WRITES -> pool == this.writes;
			case ANY -> pool == this.any;
			case READS -> this.reads.contains(pool);
		};
	}

	/**
	 * Returns whether a request for the given work is refused at some time.
	 * @param nanos the time, in {@link System#nanoTime()}
	 */
	boolean refuses(Access access, long nanos) {
		return this.refusal != null && this.refusal.covers(access) && nanos - this.refusal.from() >= 0;
	}

	/**
	 * Returns the time until which a request for the given work may wait on this route,
	 * in {@link System#nanoTime()}.
	 * @param deadline time until which its caller waits
	 */
	long deadline(Access access, long deadline) {
		return (this.refusal != null && this.refusal.covers(access) && this.refusal.from() - deadline < 0)
				? this.refusal.from() : deadline;
	}

	/**
	 * Treatment of requests while no node accepts writes.
	 *
	 * @param mode the treatment
	 * @param holdFor time after the loss for which {@link ReadOnlyMode#HOLD} lets
	 * requests wait; null for no limit
	 */
	public record Unwritable(ReadOnlyMode mode, @Nullable Duration holdFor) {

		private boolean servesWrites() {
			return this.mode == ReadOnlyMode.SERVE;
		}

		private boolean servesOthers() {
			return this.mode == ReadOnlyMode.SERVE || this.mode == ReadOnlyMode.HOLD;
		}

		private @Nullable Refusal refusal(boolean readOnly, long lost) {
			return switch (this.mode) {
				case REJECT -> readOnly ? new Refusal(true, lost) : null;
				case HOLD -> (this.holdFor != null) ? new Refusal(false, lost + this.holdFor.toNanos()) : null;
				case SERVE, WAIT -> null;
			};
		}

	}

	/**
	 * Reason for which no node can serve.
	 *
	 * @param reason what each node answers
	 * @param atOnce whether requests are refused at once, in place of waiting for a
	 * change
	 */
	public record Unserved(String reason, boolean atOnce) {

	}

	/**
	 * Loss of the node for writes.
	 *
	 * @param nanos when the route lost it, in {@link System#nanoTime()}
	 * @param heldUp longest time for which the lost node may have held up its callers
	 */
	public record Loss(long nanos, Duration heldUp) {

	}

	/**
	 * Requests that are refused because no node accepts writes.
	 *
	 * @param others whether requests outside of transactions are refused, too
	 * @param from when the refusals begin, in {@link System#nanoTime()}
	 */
	record Refusal(boolean others, long from) {

		boolean covers(Access access) {
			return access == Access.WRITES || (this.others && access == Access.ANY);
		}

	}

}
