package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DirectoryTrees}.
 */
class DirectoryTreesTests {

	private static final FileTime LONG_AGO = FileTime.fromMillis(1000);

	private final Predicate<Path> included = (path) -> !path.getFileName().toString().startsWith("excluded");

	@TempDir
	Path directory;

	private Path source;

	private Path target;

	@BeforeEach
	void createSource() throws IOException {
		this.source = this.directory.resolve("source");
		this.target = this.directory.resolve("target");
		Files.createDirectories(this.source.resolve("base/1"));
		Files.writeString(this.source.resolve("base/1/equal"), "equal");
		Files.writeString(this.source.resolve("base/1/changed"), "new text");
		Files.writeString(this.source.resolve("base/excluded"), "excluded");
	}

	@Test
	void aCopyHasAllIncludedFiles() throws IOException {
		DirectoryTrees.copy(this.source, this.target, this.included);
		assertThat(files()).containsExactly("base/1/changed=new text", "base/1/equal=equal");
	}

	@Test
	void copyReplacesChangedFilesAndPruneRemovesOtherFiles() throws IOException {
		Files.createDirectories(this.target.resolve("base/1"));
		Files.createDirectories(this.target.resolve("base/2/deep"));
		Files.writeString(this.target.resolve("base/1/equal"), "equal");
		Files.setLastModifiedTime(this.target.resolve("base/1/equal"), LONG_AGO);
		Files.writeString(this.target.resolve("base/1/changed"), "old text");
		Files.writeString(this.target.resolve("base/2/deep/gone"), "gone");
		Files.writeString(this.target.resolve("base/excluded"), "left over");
		DirectoryTrees.prune(this.target, this.source, this.included);
		DirectoryTrees.copy(this.source, this.target, this.included);
		assertThat(files()).containsExactly("base/1/changed=new text", "base/1/equal=equal");
		assertThat(this.target.resolve("base/2")).doesNotExist();
		assertThat(Files.getLastModifiedTime(this.target.resolve("base/1/equal"))).isEqualTo(LONG_AGO);
	}

	@Test
	void pruningAMissingDirectoryDoesNothing() throws IOException {
		DirectoryTrees.prune(this.target, this.source, this.included);
		assertThat(this.target).doesNotExist();
	}

	@Test
	void deletingDoesNotFollowLinks() throws IOException {
		Files.createDirectory(this.target);
		Files.createSymbolicLink(this.target.resolve("link"), this.source);
		DirectoryTrees.delete(this.target);
		assertThat(this.target).doesNotExist();
		assertThat(this.source.resolve("base/1/equal")).exists();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> found = Files.walk(this.target)) {
			return found.filter(Files::isRegularFile).map(this::describe).sorted().toList();
		}
	}

	private String describe(Path file) {
		try {
			return this.target.relativize(file) + "=" + Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
