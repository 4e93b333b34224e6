package dev.failover.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page {@code docs/containers.md}.
 */
final class ContainersPageTests {

	private static final Path SOURCE = Path.of("src/test/java/dev/failover/container/PrimaryLossTests.java");

	@Test
	void theExampleIsATestThatRuns() throws IOException {
		String code = Files.readString(SOURCE).replaceFirst("package [^\n]+\n\n", "");
		assertThat(Files.readString(Path.of("../docs/containers.md"))).contains("```java\n" + code + "```\n");
	}

}
