package dev.failover.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata of {@link FailoverProperties}.
 */
final class ConfigurationMetadataTests {

	private static final Path FILE = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

	private final Map<String, Object> metadata = read();

	@Test
	void everyPropertyIsDescribedInASentence() {
		assertThat(properties()).isNotEmpty().allSatisfy((property) -> {
			String description = String.valueOf(property.get("description"));
			assertThat(description).as("%s", property.get("name")).isNotEqualTo("null").hasSizeGreaterThan(15);
			assertThat(description).as("%s", property.get("name")).doesNotContain("\n", "{@", "<p>").endsWith(".");
		});
	}

	@ParameterizedTest
	@CsvSource({ "failover.enabled, true", "failover.topology, standby", "failover.mirror.url,",
			"failover.mirror.username,", "failover.mirror.password,", "failover.mirror.driver-class-name,",
			"failover.mirror.hikari,", "failover.mirror.witness-url,", "failover.primary.witness-url,",
			"failover.mirrors,", "failover.detection.interval, 500ms", "failover.detection.timeout, 1s",
			"failover.detection.failure-threshold, 2", "failover.detection.retry-interval, 20ms",
			"failover.detection.recovery-threshold, 5", "failover.detection.abort-grace, 0s",
			"failover.detection.query,", "failover.detection.role-query,", "failover.replication.max-lag, 10s",
			"failover.replication.verify, true", "failover.failback.mode, automatic", "failover.failback.min-stay, 30s",
			"failover.read-only.mode, hold", "failover.read-only.hold-for,", "failover.reads.target, primary",
			"failover.reads.max-lag, 1s", "failover.switchover.drain-timeout, 5s", "failover.drill.enabled, false",
			"failover.doctor.enabled, true", "failover.recent-changes, 50", "failover.split-brain, stay" })
	void namesAndDefaultsAreAsDocumented(String name, @Nullable String defaultValue) {
		assertThat(properties()).filteredOn((property) -> name.equals(property.get("name")))
			.singleElement()
			.satisfies((property) -> {
				Object actual = property.get("defaultValue");
				assertThat((actual != null) ? actual.toString() : null).isEqualTo(defaultValue);
			});
	}

	@Test
	void noOtherPropertyExists() {
		assertThat(properties()).hasSize(31);
	}

	@Test
	void thereAreHintsForThePoolAndTheDriverOfTheMirror() {
		assertThat(list("hints")).extracting((hint) -> hint.get("name"))
			.contains("failover.mirror.hikari.keys", "failover.mirror.driver-class-name");
	}

	/**
	 * Returns the names of all properties.
	 */
	static Stream<String> names() {
		return new ConfigurationMetadataTests().properties()
			.stream()
			.map((property) -> String.valueOf(property.get("name")));
	}

	private List<Map<String, Object>> properties() {
		return list("properties").stream()
			.filter((property) -> String.valueOf(property.get("name")).startsWith("failover."))
			.toList();
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> list(String name) {
		return (List<Map<String, Object>>) this.metadata.getOrDefault(name, List.of());
	}

	private static Map<String, Object> read() {
		try {
			return JsonParserFactory.getJsonParser().parseMap(Files.readString(FILE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
