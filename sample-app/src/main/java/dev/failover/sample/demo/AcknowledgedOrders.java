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

	/** One of so many reads looks for an order that was not found before. */
	private static final int LOST_AGAIN = 4;

	private final long[] ids = new long[WINDOW];

	private final Set<Long> lost = new HashSet<>();

	private long count;

	synchronized void add(long id) {
		this.ids[(int) (this.count++ % WINDOW)] = id;
	}

	/**
	 * Returns a random id of those kept; empty if there is none. Ids of lost orders come
	 * up again and again: a replica that lags may not have them yet.
	 */
	synchronized OptionalLong any() {
		if (this.count == 0) {
			return OptionalLong.empty();
		}
		if (!this.lost.isEmpty() && ThreadLocalRandom.current().nextInt(LOST_AGAIN) == 0) {
			return this.lost.stream()
				.mapToLong(Long::longValue)
				.skip(ThreadLocalRandom.current().nextInt(this.lost.size()))
				.findFirst();
		}
		return OptionalLong.of(this.ids[ThreadLocalRandom.current().nextInt((int) Math.min(this.count, WINDOW))]);
	}

	synchronized long count() {
		return this.count;
	}

	/**
	 * Records whether a read found an order.
	 */
	synchronized void read(long id, boolean found) {
		if (found) {
			this.lost.remove(id);
		}
		else {
			this.lost.add(id);
		}
	}

	synchronized long lost() {
		return this.lost.size();
	}

}
