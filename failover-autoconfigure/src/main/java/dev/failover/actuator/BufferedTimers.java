package dev.failover.actuator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Timers that keep what was recorded before the first registry was bound.
 * <p>
 * Thread-safe. Meant for a few recordings per second; keeps at most {@value #MAX_EARLY}
 * early ones.
 */
final class BufferedTimers {

	static final int MAX_EARLY = 1_000;

	private final Set<MeterRegistry> registries = new LinkedHashSet<>();

	private final List<Timing> early = new ArrayList<>();

	/**
	 * Records in a registry from now on, after the early recordings.
	 */
	synchronized void bindTo(MeterRegistry registry) {
		if (this.registries.add(registry)) {
			this.early.forEach((timing) -> timing.recordIn(registry));
		}
	}

	/**
	 * Records a time.
	 */
	synchronized void record(FailoverMeter meter, Tags tags, Duration time) {
		Timing timing = new Timing(meter, tags, time);
		if (this.registries.isEmpty() && this.early.size() < MAX_EARLY) {
			this.early.add(timing);
		}
		this.registries.forEach(timing::recordIn);
	}

	private record Timing(FailoverMeter meter, Tags tags, Duration time) {

		void recordIn(MeterRegistry registry) {
			this.meter.timer(registry, this.tags).record(this.time);
		}

	}

}
