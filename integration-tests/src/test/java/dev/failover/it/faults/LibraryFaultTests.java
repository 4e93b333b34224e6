package dev.failover.it.faults;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.library.LibraryApplication;
import dev.failover.it.library.LibraryOutcomes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the table of libraries in {@code docs/retry.md}, when nodes are frozen: it is
 * the same as when they are killed.
 */
class LibraryFaultTests {

	@ParameterizedTest
	@EnumSource
	void theCallersOfLibrariesGetTheExceptionsThatAreDocumentedAndTheyAreTrue(LibraryApplication kind)
			throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			String rows = LibraryOutcomes.observe(kind, pair, EmbeddedNode::freeze, EmbeddedNode::thaw);
			assertThat(Files.readString(Path.of("..", "docs", "retry.md"))).contains(rows);
		}
	}

}
