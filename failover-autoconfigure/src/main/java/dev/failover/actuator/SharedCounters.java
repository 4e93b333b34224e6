package dev.failover.actuator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counters whose totals are kept here, so that every registry shows the full totals,
 * whenever it was bound.
 * <p>
 * Thread-safe. Counting never blocks once a counter exists.
 */
final class SharedCounters {

	private final Map<Key, LongAdder> totals = new ConcurrentHashMap<>();

	private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();

	/**
	 * Shows all counters in a registry, including those added later.
	 */
	void bindTo(MeterRegistry registry) {
		// The registry is added first, so that a counter that is added concurrently is
		// registered at least once; registering it twice changes nothing.
		this.registries.add(registry);
		this.totals.forEach((key, total) -> key.register(total, registry));
	}

	/**
	 * Adds to a counter; an amount of 0 makes it visible.
	 */
	void add(FailoverMeter meter, Tags tags, long amount) {
		Key key = new Key(meter, tags);
		LongAdder total = this.totals.get(key);
		if (total == null) {
			total = this.totals.computeIfAbsent(key, (added) -> new LongAdder());
			for (MeterRegistry registry : this.registries) {
				key.register(total, registry);
			}
		}
		total.add(amount);
	}

	private record Key(FailoverMeter meter, Tags tags) {

		void register(LongAdder total, MeterRegistry registry) {
			this.meter.counter(registry, this.tags, total, LongAdder::sum);
		}

	}

}
