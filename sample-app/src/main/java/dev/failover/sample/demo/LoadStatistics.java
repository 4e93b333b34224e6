package dev.failover.sample.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * Makes the calls of the load and counts their results. Thread-safe.
 */
final class LoadStatistics {

	private final CallStatistics reads;

	private final CallStatistics writes;

	private final AcknowledgedOrders acknowledged = new AcknowledgedOrders();

	private final Instant since;

	LoadStatistics(InstantSource clock) {
		this.reads = new CallStatistics(clock);
		this.writes = new CallStatistics(clock);
		this.since = clock.instant();
	}

	/**
	 * Places an order.
	 */
	void write(OrderClient client) {
		this.writes.measure(() -> this.acknowledged.add(client.place()));
	}

	/**
	 * Reads an order that was acknowledged before. It counts as lost while the last read
	 * did not find it.
	 */
	void read(OrderClient client) {
		OptionalLong id = this.acknowledged.any();
		this.reads.measure(() -> {
			if (id.isEmpty()) {
				client.latest();
			}
			else {
				this.acknowledged.read(id.getAsLong(), client.find(id.getAsLong()));
			}
		});
	}

	LoadReport report(boolean running) {
		return new LoadReport(running, this.since, CallStatistics.SLOW.toMillis(), this.reads.report(),
				this.writes.report(), this.acknowledged.count(), this.acknowledged.lost());
	}

}
