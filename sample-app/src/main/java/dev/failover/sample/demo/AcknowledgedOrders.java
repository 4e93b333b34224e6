package dev.failover.sample.demo;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of orders that the service has acknowledged. Thread-safe.
 */
final class AcknowledgedOrders {

	/** Number of ids that are kept; the oldest are replaced. */
	private static final int WINDOW = 10_000;

	private final long[] ids = new long[WINDOW];

	private final Set<Long> lost = new HashSet<>();

	private long count;

	synchronized void add(long id) {
		this.ids[(int) (this.count++ % WINDOW)] = id;
	}

	/**
	 * Returns a random id of those kept; empty if there is none.
	 */
	synchronized OptionalLong any() {
		if (this.count == 0) {
			return OptionalLong.empty();
		}
		return OptionalLong.of(this.ids[ThreadLocalRandom.current().nextInt((int) Math.min(this.count, WINDOW))]);
	}

	synchronized long count() {
		return this.count;
	}

	synchronized void lost(long id) {
		this.lost.add(id);
	}

	synchronized long lost() {
		return this.lost.size();
	}

}
