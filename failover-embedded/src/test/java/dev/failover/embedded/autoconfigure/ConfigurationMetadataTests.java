package dev.failover.embedded.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata of {@link EmbeddedProperties}.
 */
class ConfigurationMetadataTests {

	@Test
	void everyPropertyHasADescription() throws IOException {
		String metadata = metadata();
		assertThat(EmbeddedProperties.class.getDeclaredFields()).isNotEmpty()
			.filteredOn((field) -> !field.isSynthetic())
			.allSatisfy((field) -> assertThat(metadata).containsPattern("\"failover.embedded."
					+ Pattern.compile("([A-Z])")
						.matcher(field.getName())
						.replaceAll((m) -> "-" + m.group().toLowerCase())
					+ "\",\\s*\"type\": \"[^\"]+\",\\s*\"description\": \"[A-Z][^\"]+\\.\""));
	}

	private static String metadata() throws IOException {
		try (InputStream in = EmbeddedProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
