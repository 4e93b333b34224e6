package dev.failover.actuator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counters whose totals live here, so that every registry shows all that was counted,
 * whenever it was bound.
 * <p>
 * Thread-safe. Counting never blocks once a counter is known.
 */
final class SharedCounters {

	private final Map<Key, LongAdder> totals = new ConcurrentHashMap<>();

	private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();

	/**
	 * Show all counters in that registry, those to come included.
	 */
	void bindTo(MeterRegistry registry) {
		// First known, then filled: a counter that is added meanwhile is seen by one or
		// the other side, and registering it twice changes nothing.
		this.registries.add(registry);
		this.totals.forEach((key, total) -> key.register(total, registry));
	}

	/**
	 * Add to a counter; an amount of 0 makes it visible.
	 */
	void add(String name, Tags tags, long amount) {
		Key key = new Key(name, tags);
		LongAdder total = this.totals.get(key);
		if (total == null) {
			total = this.totals.computeIfAbsent(key, (added) -> new LongAdder());
			for (MeterRegistry registry : this.registries) {
				key.register(total, registry);
			}
		}
		total.add(amount);
	}

	private record Key(String name, Tags tags) {

		void register(LongAdder total, MeterRegistry registry) {
			FunctionCounter.builder(this.name, total, LongAdder::sum).tags(this.tags).register(registry);
		}

	}

}
