package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerAccount}, with pairs of JVMs that run under other accounts. To
 * start those takes root.
 */
@EnabledIf("isRoot")
class ServerAccountTests {

	@TempDir
	Path directory;

	static boolean isRoot() {
		return System.getProperty("user.name").equals("root") && SystemCommand.of("setpriv", "--version").succeeds();
	}

	@BeforeEach
	void prepareDirectory() throws IOException {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx--x--x"));
		Files.createDirectory(this.directory.resolve("tmp"));
	}

	@Test
	void anOrdinaryUserStartsAPair() throws Exception {
		Path home = Files.createDirectory(this.directory.resolve("home"));
		startAs("65534");
		assertThat(home.resolve(".cache/failover-embedded")).isNotEmptyDirectory();
	}

	@Test
	void aUserWithoutNameAndHomeDirectoryStartsAPair() throws Exception {
		fillCache("failover-embedded-cache-54321");
		startAs("54321");
	}

	@Test
	void rootWithoutUserNamespacesStartsAPairAsNobody() throws Exception {
		Files.createDirectory(this.directory.resolve("home"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Path bin = Files.createDirectory(this.directory.resolve("bin"));
		Path unshare = Files.writeString(bin.resolve("unshare"), "#!/bin/sh\nexit 1\n");
		Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path cache = fillCache("failover-embedded-cache-0-open");
		assertThat(SystemCommand.of("chmod", "711", cache.toString()).succeeds()).isTrue();
		start(List.of("env", "PATH=" + bin + ":" + System.getenv("PATH")));
	}

	/**
	 * Fill a cache directory with the programs that are already unpacked, to save time.
	 */
	private Path fillCache(String name) throws IOException {
		Path cache = Files.createDirectory(this.directory.resolve("tmp").resolve(name));
		Path unpacked = Binaries.locate(BinariesArchive.find(), ServerAccount.choose(this.directory), this.directory)
			.home();
		assertThat(SystemCommand.of("cp", "-a", unpacked.toString(), cache.toString()).succeeds()).isTrue();
		return cache;
	}

	private void startAs(String uid) throws Exception {
		assertThat(SystemCommand.of("chown", "-R", uid + ":" + uid, this.directory.toString()).succeeds()).isTrue();
		start(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
	}

	private void start(List<String> prefix) throws Exception {
		try (ChildJvm child = ChildJvm.start(prefix, this.directory)) {
			List<ProcessHandle> processes = PairProcesses.in(child.awaitPair());
			assertThat(processes).filteredOn(Processes::isAlive).hasSizeGreaterThan(10);
			child.exit();
			assertThat(processes).noneMatch(Processes::isAlive);
			assertThat(PairProcesses.directories(child.temporary())).isEmpty();
		}
	}

}
