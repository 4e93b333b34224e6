package dev.failover.actuator;

import java.util.List;

import dev.failover.internal.doctor.Finding;
import dev.failover.internal.doctor.Finding.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private List<Finding> findings = List.of();

	private final FindingsMetrics metrics = new FindingsMetrics(() -> this.findings);

	@Test
	void showsNoneOfAnySeverityBeforeTheFirstExamination() {
		this.metrics.bindTo(this.registry);
		assertThat(count(this.registry, "warning")).isZero();
		assertThat(count(this.registry, "info")).isZero();
	}

	@Test
	void countsWhatIsFoundNowBySeverity() {
		this.metrics.bindTo(this.registry);
		this.findings = List.of(finding("pool-smaller", Severity.WARNING), finding("login-refused", Severity.WARNING),
				finding("connect-timeout-long", Severity.INFO));
		assertThat(count(this.registry, "warning")).isEqualTo(2);
		assertThat(count(this.registry, "info")).isOne();
		this.findings = List.of(finding("pool-smaller", Severity.WARNING));
		assertThat(count(this.registry, "warning")).isOne();
		assertThat(count(this.registry, "info")).isZero();
	}

	@Test
	void reachesRegistriesThatJoinACompositeLater() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		this.metrics.bindTo(composite);
		composite.add(this.registry);
		this.findings = List.of(finding("pool-smaller", Severity.WARNING));
		assertThat(count(this.registry, "warning")).isOne();
	}

	private static double count(MeterRegistry registry, String severity) {
		return registry.get("failover.findings").tag("severity", severity).gauge().value();
	}

	private static Finding finding(String id, Severity severity) {
		return new Finding(id, severity, FailoverStateFixture.MIRROR, "It is so.", "Change it.");
	}

}
