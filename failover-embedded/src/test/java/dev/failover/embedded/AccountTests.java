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
 * Tests that a pair starts under accounts other than this JVM's: it takes root to become
 * them.
 */
@EnabledIf("isRoot")
class AccountTests {

	@TempDir
	Path directory;

	static boolean isRoot() {
		return System.getProperty("user.name").equals("root") && Command.of("setpriv", "--version").succeeds();
	}

	@BeforeEach
	void open() throws IOException {
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
	void aUserWithoutANameAndAHomeStartsAPair() throws Exception {
		seed("failover-embedded-cache-54321");
		startAs("54321");
	}

	@Test
	void aRootThatMayNotUnshareStartsAPairAsNobody() throws Exception {
		Files.createDirectory(this.directory.resolve("home"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Path programs = Files.createDirectory(this.directory.resolve("bin"));
		Path unshare = Files.writeString(programs.resolve("unshare"), "#!/bin/sh\nexit 1\n");
		Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path cache = seed("failover-embedded-cache-0-open");
		assertThat(Command.of("chmod", "711", cache.toString()).succeeds()).isTrue();
		start(List.of("env", "PATH=" + programs + ":" + System.getenv("PATH")));
	}

	/**
	 * Fill the cache that is used where there is no other one, to save the unpacking.
	 */
	private Path seed(String name) throws IOException {
		Path cache = Files.createDirectory(this.directory.resolve("tmp").resolve(name));
		Path unpacked = Binaries.locate(BinariesArchive.find(), ServerAccount.choose(this.directory), this.directory)
			.home();
		assertThat(Command.of("cp", "-a", unpacked.toString(), cache.toString()).succeeds()).isTrue();
		return cache;
	}

	private void startAs(String uid) throws Exception {
		assertThat(Command.of("chown", "-R", uid + ":" + uid, this.directory.toString()).succeeds()).isTrue();
		start(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
	}

	private void start(List<String> prefix) throws Exception {
		try (ChildJvm child = ChildJvm.start(prefix, this.directory)) {
			List<ProcessHandle> processes = PairProcesses.in(child.awaitPair());
			assertThat(processes).filteredOn(Processes::isAlive).hasSizeGreaterThan(10);
			child.end();
			assertThat(processes).noneMatch(Processes::isAlive);
			assertThat(PairProcesses.directories(child.temporary())).isEmpty();
		}
	}

}
