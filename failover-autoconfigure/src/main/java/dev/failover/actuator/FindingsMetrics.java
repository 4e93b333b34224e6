package dev.failover.actuator;

import java.util.Locale;
import java.util.function.Supplier;

import dev.failover.internal.doctor.Finding.Severity;
import dev.failover.internal.doctor.Findings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of how many findings the doctor has, by severity; which ones they are is told by
 * the endpoint and the log.
 * <p>
 * Thread-safe. Reading them never blocks.
 */
public final class FindingsMetrics implements MeterBinder {

	private final Supplier<Findings> findings;

	/**
	 * Create the meters.
	 * @param findings gives what tells the current findings; asked for when a registry is
	 * bound, not before
	 */
	public FindingsMetrics(Supplier<Findings> findings) {
		this.findings = findings;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Findings doctor = this.findings.get();
		for (Severity severity : Severity.values()) {
			Supplier<Number> count = () -> count(doctor, severity);
			Gauge.builder("failover.findings", count)
				.tag("severity", severity.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
	}

	private static long count(Findings doctor, Severity severity) {
		return doctor.current().stream().filter((finding) -> finding.severity() == severity).count();
	}

}
