package dev.failover.autoconfigure;

import java.util.List;

import dev.failover.Failover;
import dev.failover.StubFailover;
import dev.failover.FailoverStateFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the actuator beans without the libraries that they need. The
 * auto-configurations are imported by name, as in an application, because a class that
 * refers to a missing annotation must not be loaded.
 */
class OptionalDependenciesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(ActuatorLayer.class)
		.withBean(Failover.class, () -> new StubFailover(FailoverStateFixture::normal))
		.withPropertyValues("management.endpoints.web.exposure.include=failover");

	@Test
	void definesAllBeansWithAllLibraries() {
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("failoverEndpoint")
				.hasBean("failoverInfoContributor")
				.hasBean("dbHealthContributor")
				.hasBean("failoverMetrics"));
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.boot.actuate, failoverEndpoint",
			"org.springframework.boot.actuate, failoverInfoContributor",
			"org.springframework.boot.health, dbHealthContributor", "io.micrometer, failoverMetrics" })
	void startsWithoutALibrary(String library, String bean) {
		this.contextRunner.withClassLoader(new FilteredClassLoader(library))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(bean));
	}

	@Test
	void startsWithoutAnyLibrary() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate",
					"org.springframework.boot.health", "io.micrometer", "io.github.resilience4j.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("failoverEndpoint")
				.doesNotHaveBean("failoverInfoContributor")
				.doesNotHaveBean("dbHealthContributor")
				.doesNotHaveBean("failoverMetrics"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ActuatorLayerSelector.class)
	static class ActuatorLayer {

	}

	static class ActuatorLayerSelector extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			AnnotationAttributes attributes = new AnnotationAttributes();
			attributes.put("exclude", new String[0]);
			attributes.put("excludeName", new String[0]);
			return attributes;
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				@Nullable AnnotationAttributes attributes) {
			return super.getCandidateConfigurations(metadata, attributes).stream()
				.filter((name) -> name.matches("dev\\.failover\\.autoconfigure\\.[a-z]+\\..*"))
				.toList();
		}

	}

}
