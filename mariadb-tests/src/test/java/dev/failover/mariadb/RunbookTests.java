package dev.failover.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of the statements in the runbook on a real pair. The first line of a block names
 * its database.
 */
final class RunbookTests {

	private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");

	@Test
	void eachStatementIsAccepted() throws IOException {
		var started = MariaDbPair.start();
		assumeTrue(started.isPresent(), "MariaDB cannot run here");
		try (Pair pair = started.get()) {
			assertAccepted(statements("MariaDB"), pair.primary());
			assertAccepted(statements("MariaDB mirror"), pair.mirror());
		}
	}

	private static void assertAccepted(List<String> statements, DatabaseServer server) {
		assertThat(statements).hasSizeGreaterThan(2)
			.allSatisfy((sql) -> assertThatNoException().isThrownBy(() -> server.execute(sql)));
	}

	private static List<String> statements(String database) throws IOException {
		return Pattern.compile("(?ms)^```sql\n-- " + database + "\n(.*?)^```$")
			.matcher(Files.readString(RUNBOOK))
			.results()
			.flatMap((block) -> Arrays.stream(block.group(1).split(";\\s*")))
			.toList();
	}

}
