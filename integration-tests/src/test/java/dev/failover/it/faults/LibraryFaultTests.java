package dev.failover.it.faults;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.library.LibraryOutcomes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the table of libraries in {@code docs/retry.md}, when nodes are frozen: it is
 * the same as when they are killed.
 */
class LibraryFaultTests {

	@Test
	void theCallersOfLibrariesGetTheExceptionsThatAreDocumented() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			String rows = LibraryOutcomes.observe(pair, EmbeddedNode::freeze);
			assertThat(Files.readString(Path.of("..", "docs", "retry.md"))).contains(rows);
		}
	}

}
