package dev.failover.autoconfigure;

import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartCheck}.
 */
@ExtendWith(OutputCaptureExtension.class)
final class StartCheckTests {

	private static final String MIRROR = "failover.mirror.url=jdbc:postgresql://db2/orders";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(new StartCheck("4.1.2"));

	@ParameterizedTest
	@CsvSource({ "spring.failover.mirror.url, failover.mirror.url", "failover.mirror-url, failover.mirror.url",
			"failover.mirror.jdbc-url, failover.mirror.url", "failover.mirror.uri, failover.mirror.url",
			"spring.datasource.mirror.url, failover.mirror.url",
			"failover.mirrors.east.ulr, failover.mirrors.east.url" })
	void anErrorTellsOfANameForWhichFailoverIsOff(String wrong, String right, CapturedOutput output) {
		this.contextRunner.withPropertyValues(wrong + "=jdbc:postgresql://db2/orders?password=s3cret")
			.run((context) -> assertThat(output)
				.contains("ERROR", "'" + wrong + "' does not exist", "failover is off", "Rename it to '" + right + "'")
				.doesNotContain("s3cret"));
	}

	@ParameterizedTest
	@CsvSource({ "failover.detection.intervall, failover.detection.interval",
			"failover.detection.probe-timeout, failover.detection.timeout",
			"failover.readonly.hold-four, failover.read-only.hold-for",
			"failover.mirror.user, failover.mirror.username",
			"spring.failover.detection.timeout, failover.detection.timeout", "failover.enable, failover.enabled",
			"failover.replication.maxlagg, failover.replication.max-lag" })
	void aWarningTellsTheRightName(String wrong, String right, CapturedOutput output) {
		this.contextRunner.withPropertyValues(MIRROR, wrong + "=1")
			.run((context) -> assertThat(output).contains("WARN", "does not exist", "Rename it to '" + right + "'"));
	}

	@Test
	void aWarningTellsOfANameThatIsLikeNone(CapturedOutput output) {
		this.contextRunner.withPropertyValues("failover.something.else=1")
			.run((context) -> assertThat(output).contains("WARN",
					"'failover.something.else' does not exist and is ignored. Remove it"));
	}

	@ParameterizedTest
	@ValueSource(strings = { MIRROR, "failover.mirror.hikari.maximum-pool-size=3",
			"failover.mirror.hikari.data-source-properties.socketTimeout=3", "failover.mirrors.east.url=jdbc:x:1",
			"failover.mirrors[0].url=jdbc:x:1", "failover.mirrors.east.driver-class-name=org.example.Driver",
			"failover.mirrors.east.hikari.pool-name=east", "failover.detection.failureThreshold=3",
			"failover.detection.failure_threshold=3", "failover.read-only.hold-for=1s", "failover.embedded.port=1",
			"failover.enabled=true", "failover.detection.time-out=1s", "failover.mirror.user-name=a",
			"failovers.mirror=1", "spring.failover=1" })
	void nothingIsSaidOfOtherNames(String property, CapturedOutput output) {
		this.contextRunner.withPropertyValues(property).run((context) -> assertThat(warnings(output)).isZero());
	}

	@Test
	void everyPropertyOfTheMetadataIsKnown(CapturedOutput output) {
		String[] all = ConfigurationMetadataTests.names()
			.filter((name) -> !name.equals("failover.mirrors"))
			.map((name) -> name.equals("failover.enabled") ? "failover.enabled=true" : name + "=1")
			.toArray(String[]::new);
		assertThat(all).hasSizeGreaterThan(20);
		this.contextRunner.withPropertyValues(all).run((context) -> assertThat(warnings(output)).isZero());
	}

	@ParameterizedTest
	@CsvSource({ "FAILOVER_MIRROR_URL, 0", "FAILOVER_READONLY_MODE, 0", "FAILOVER_READ_ONLY_MODE, 0",
			"FAILOVER_DETECTION_FAILURETHRESHOLD, 0", "FAILOVER_MIRRORS_EAST_URL, 0",
			"FAILOVER_MIRROR_HIKARI_MAXIMUMPOOLSIZE, 0", "FAILOVER_SERVICE_HOST, 0", "FAILOVER_PORT_8080_TCP_ADDR, 0",
			"FAILOVER_DETECTION_INTERVALL, 1", "FAILOVER_MIRROR_URI, 1" })
	void aVariableOfTheEnvironmentIsReportedOnlyIfItIsLikeAProperty(String variable, int count, CapturedOutput output) {
		new ApplicationContextRunner()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "1"))))
			.withInitializer(new StartCheck("4.1.2"))
			.run((context) -> assertThat(warnings(output)).isEqualTo(count));
	}

	@ParameterizedTest
	@ValueSource(classes = { HikariDataSource.class, AbstractRoutingDataSource.class, CircuitBreaker.class })
	void aMissingLibraryEndsTheStartWithItsName(Class<?> missing) {
		ApplicationContextRunner without = this.contextRunner.withClassLoader(new FilteredClassLoader(missing));
		without.run((context) -> assertThat(context).hasNotFailed());
		without.withPropertyValues(MIRROR, "failover.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		without.withPropertyValues(MIRROR)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(FailoverConfigurationException.class,
						(ex) -> assertThat(ex.getAction()).contains("'failover.enabled'"))
				.hasMessageMatching(".*cannot work without (com.zaxxer:HikariCP|org.springframework:spring-jdbc|"
						+ "io.github.resilience4j:resilience4j-circuitbreaker), which is not on the class path."));
	}

	@ParameterizedTest
	@CsvSource({ "3.5.7, true", "2.7.18, true", "4.0.0, false", "5.0.0-M1, false", "unknown, false" })
	void anOlderBootEndsTheStart(String version, boolean old) {
		new ApplicationContextRunner().withInitializer(new StartCheck(version)).run((context) -> {
			if (old) {
				assertThat(context).getFailure()
					.isInstanceOf(FailoverConfigurationException.class)
					.hasMessageContainingAll("requires Spring Boot 4 or later", version);
			}
			else {
				assertThat(context).hasNotFailed();
			}
		});
	}

	@Test
	void bootRunsTheCheck(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Nothing.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run("--failover.mirror-url=jdbc:postgresql://db2/orders").close();
		assertThat(output).contains("Rename it to 'failover.mirror.url'");
	}

	private static long warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("does not exist")).count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
