package dev.failover.autoconfigure;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for applications that are processed ahead of time.
 */
final class AheadOfTimeTests {

	private static final String URL = "failover.mirror.url";

	private final GenericApplicationContext context = new GenericApplicationContext();

	@BeforeEach
	void useGeneratedArtifacts() {
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
	}

	@AfterEach
	void useNoGeneratedArtifacts() {
		SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
	}

	@Test
	void aMirrorThatIsConfiguredOnlyForTheRunIsRefused() {
		configure(URL, "jdbc:postgresql://db2/orders");
		assertThatExceptionOfType(FailoverConfigurationException.class).isThrownBy(this::check)
			.withMessageContaining("none was when the application was processed ahead of time")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'failover.mirror.url'", "'failover.enabled'"));
	}

	@Test
	void aMirrorThatWasConfiguredForTheProcessingIsHonoured() {
		configure(URL, "jdbc:postgresql://db2/orders");
		this.context.registerBean("failoverBackOffWarning", Object.class);
		assertThatNoException().isThrownBy(this::check);
	}

	@Test
	void anApplicationWithoutAMirrorStarts() {
		configure(URL, "");
		assertThatNoException().isThrownBy(this::check);
	}

	@Test
	void failoverCanBeSwitchedOffForTheRunIfItWasForTheProcessing() {
		configure(URL, "jdbc:postgresql://db2/orders");
		configure("failover.enabled", "false");
		assertThatNoException().isThrownBy(this::check);
	}

	@Test
	void withoutProcessingBeansAreDefinedAfterTheCheck() {
		useNoGeneratedArtifacts();
		configure(URL, "jdbc:postgresql://db2/orders");
		assertThatNoException().isThrownBy(this::check);
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql.PostgresSocketFactory", "mariadb.MariaDbSocketFactory",
			"mysql.MySqlSocketFactory" })
	void driversCanCreateTheSocketFactories(String factory) {
		assertThat(
				RuntimeHintsPredicates.reflection().onType(TypeReference.of("dev.failover.internal.socket." + factory)))
			.accepts(hints());
	}

	@Test
	void thereAreHintsForPoolsPropertiesAndPlaceholders() {
		RuntimeHints hints = hints();
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Statement.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(HikariConfig.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of("com.zaxxer.hikari.pool.PoolBase"))
			.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(FailoverProperties.ReadOnly.class)).accepts(hints);
	}

	@Test
	void springFindsTheHints() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(FailoverRuntimeHints.class);
	}

	private static RuntimeHints hints() {
		RuntimeHints hints = new RuntimeHints();
		new FailoverRuntimeHints().registerHints(hints, AheadOfTimeTests.class.getClassLoader());
		return hints;
	}

	private void configure(String name, String value) {
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(name, Map.of(name, value)));
	}

	private void check() {
		new StartCheck("4.1.2").initialize(this.context);
	}

}
