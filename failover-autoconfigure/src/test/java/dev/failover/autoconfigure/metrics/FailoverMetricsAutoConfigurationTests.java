package dev.failover.autoconfigure.metrics;

import java.util.List;

import dev.failover.Failover;
import dev.failover.FailoverObserver;
import dev.failover.StubFailover;
import dev.failover.actuator.FailoverMetrics;
import dev.failover.FailoverStateFixture;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.Finding;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerMetricsAutoConfiguration;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailoverMetricsAutoConfiguration}.
 */
class FailoverMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						SimpleMetricsExportAutoConfiguration.class, FailoverMetricsAutoConfiguration.class))
		.withUserConfiguration(MonitorConfiguration.class);

	@Test
	void bindsTheMetersAndReceivesNotifications() {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("failover.node.up").tag("node", "mirror").gauge().value()).isOne();
			context.getBean(FailoverObserver.class).suspected(FailoverStateFixture.PRIMARY);
			assertThat(registry.get("failover.suspicions").tag("node", "primary").functionCounter().count())
				.isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover.route.change", "failover.operation", "failover.hold" })
	void theMetersOfAnObservationAreDescribed(String name) {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			ObservationRegistry observations = ObservationRegistry.create();
			observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
			Observation.start(name, observations)
				.event(Observation.Event.of(name.endsWith("hold") ? "served" : "changed"))
				.stop();
			assertThat(registry.getMeters()).extracting(Meter::getId)
				.filteredOn((id) -> (id.getName() + ".").startsWith(name + "."))
				.hasSize(3)
				.allSatisfy((id) -> assertThat(id.getDescription()).isNotBlank());
		});
	}

	@Test
	void countsTheFindingsOfTheDoctor() {
		Finding finding = new Finding("pool-smaller", Finding.Severity.WARNING, FailoverStateFixture.MIRROR,
				"It is smaller.", "Make it larger.");
		this.contextRunner.withBean(Doctor.class, () -> doctorWith(finding))
			.run((context) -> assertThat(context.getBean(MeterRegistry.class)
				.get("failover.findings")
				.tag("severity", "warning")
				.gauge()
				.value()).isOne());
	}

	private static Doctor doctorWith(Finding finding) {
		Doctor doctor = mock();
		given(doctor.findings()).willReturn(List.of(finding));
		return doctor;
	}

	@Test
	void withoutADoctorThereIsNoMeterOfFindings() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(MeterRegistry.class).find("failover.findings").gauges()).isEmpty();
		});
	}

	@Test
	void bindsTheBreakersOfTheRegistry() {
		this.contextRunner.withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
			.run((context) -> assertBreakersAreBound(context.getBean(CircuitBreakerRegistry.class),
					context.getBean(MeterRegistry.class)));
	}

	@Test
	void leavesTheBreakersToTheAutoConfigurationOfResilience4j() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
					CircuitBreakerMetricsAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(TaggedCircuitBreakerMetricsPublisher.class)
					.doesNotHaveBean(TaggedCircuitBreakerMetrics.class);
				assertBreakersAreBound(context.getBean(CircuitBreakerRegistry.class),
						context.getBean(MeterRegistry.class));
			});
	}

	@Test
	void breakerMetersCanBeSwitchedOff() {
		this.contextRunner.withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
			.withPropertyValues("resilience4j.circuitbreaker.metrics.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TaggedCircuitBreakerMetrics.class)
				.hasSingleBean(FailoverMetrics.class));
	}

	@Test
	void worksWithoutTheMetersOfResilience4j() {
		this.contextRunner.withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
			.withClassLoader(new FilteredClassLoader("io.github.resilience4j.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FailoverMetrics.class));
	}

	@Test
	void isAbsentWithoutFailover() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
							SimpleMetricsExportAutoConfiguration.class, FailoverMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverMetrics.class));
	}

	private static void assertBreakersAreBound(CircuitBreakerRegistry breakers, MeterRegistry registry) {
		breakers.circuitBreaker("primary");
		breakers.circuitBreaker("mirror");
		assertThat(registry.get("resilience4j.circuitbreaker.state").tag("name", "primary").gauges()).isNotEmpty();
		assertThat(registry.get("resilience4j.circuitbreaker.state").tag("name", "mirror").gauges()).isNotEmpty();
	}

	/**
	 * Notifies the observers before the {@link Failover} bean exists, as the monitor
	 * does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class MonitorConfiguration {

		@Bean
		Failover failover(ObjectProvider<FailoverObserver> observers) {
			observers.orderedStream().forEach((observer) -> observer.suspected(FailoverStateFixture.PRIMARY));
			return new StubFailover(FailoverStateFixture::normal);
		}

	}

}
