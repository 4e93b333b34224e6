package dev.failover.actuator;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import dev.failover.internal.doctor.Finding;
import dev.failover.internal.doctor.Finding.Severity;
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

	private final Supplier<List<Finding>> findings;

	/**
	 * Create the meters.
	 * @param findings provides the current findings of the doctor
	 */
	public FindingsMetrics(Supplier<List<Finding>> findings) {
		this.findings = findings;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Severity severity : Severity.values()) {
			Supplier<Number> count = () -> count(severity);
			Gauge.builder("failover.findings", count)
				.tag("severity", severity.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
	}

	private long count(Severity severity) {
		return this.findings.get().stream().filter((finding) -> finding.severity() == severity).count();
	}

}
