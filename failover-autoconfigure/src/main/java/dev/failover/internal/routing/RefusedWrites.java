package dev.failover.internal.routing;

import java.util.concurrent.TimeUnit;

import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, for each thread, that a server refused a write outside of transactions while
 * no node accepted writes. The next request of the thread outside of a transaction waits
 * a while for such a node. Without that, a loop that writes and fails at once would take
 * the processors from the servers, of which one is to be promoted.
 * <p>
 * Thread-safe.
 */
final class RefusedWrites {

	/**
	 * Longest time that a request waits after a refused write, in nanoseconds. A thread
	 * that goes on to read is delayed by no more.
	 */
	static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

	private static final ThreadLocal<@Nullable Long> refusedOn = new ThreadLocal<>();

	private RefusedWrites() {
	}

	/**
	 * Notes that a write of the current thread was refused on a route.
	 */
	static void add(Route route) {
		refusedOn.set(route.epoch());
	}

	/**
	 * Returns whether a write of the current thread was refused on a route since the last
	 * call.
	 */
	static boolean poll(Route route) {
		Long epoch = refusedOn.get();
		if (epoch == null) {
			return false;
		}
		refusedOn.remove();
		return epoch == route.epoch();
	}

}
