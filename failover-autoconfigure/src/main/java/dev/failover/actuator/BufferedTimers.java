package dev.failover.actuator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Timers that remember what was timed before the first registry was bound.
 * <p>
 * Thread-safe. Meant for a few recordings per second; keeps at most {@value #MAX_EARLY}
 * early ones.
 */
final class BufferedTimers {

	static final int MAX_EARLY = 1_000;

	private final Set<MeterRegistry> registries = new LinkedHashSet<>();

	private final List<Timing> early = new ArrayList<>();

	/**
	 * Record into that registry from now on, after the early recordings.
	 */
	synchronized void bindTo(MeterRegistry registry) {
		if (this.registries.add(registry)) {
			this.early.forEach((timing) -> timing.recordIn(registry));
		}
	}

	/**
	 * Record a time.
	 */
	synchronized void record(String name, Tags tags, Duration time) {
		Timing timing = new Timing(name, tags, time);
		if (this.registries.isEmpty() && this.early.size() < MAX_EARLY) {
			this.early.add(timing);
		}
		this.registries.forEach(timing::recordIn);
	}

	private record Timing(String name, Tags tags, Duration time) {

		void recordIn(MeterRegistry registry) {
			Timer.builder(this.name).tags(this.tags).register(registry).record(this.time);
		}

	}

}
