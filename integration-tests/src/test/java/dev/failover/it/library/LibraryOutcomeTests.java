package dev.failover.it.library;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the table of libraries in {@code docs/retry.md}, when nodes are killed.
 */
@Tag("long")
class LibraryOutcomeTests {

	@ParameterizedTest
	@EnumSource
	void theCallersOfLibrariesGetTheExceptionsThatAreDocumentedAndTheyAreTrue(LibraryApplication kind)
			throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			String rows = LibraryOutcomes.observe(kind, pair, EmbeddedNode::kill, EmbeddedNode::start);
			assertThat(Files.readString(Path.of("..", "docs", "retry.md"))).contains(rows);
		}
	}

}
