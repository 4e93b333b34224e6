package dev.failover.embedded;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the servers of a pair end with its JVM.
 */
@Tag("long")
class JvmExitTests {

	@TempDir
	Path directory;

	@Test
	void serversEndWithAKilledJvmAndTheNextStartRemovesTheirDirectory() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of(), this.directory, "freeze")) {
			Path pair = child.awaitPair();
			List<ProcessHandle> processes = PairProcesses.in(pair);
			assertThat(processes).filteredOn(Processes::isAlive).hasSizeGreaterThan(10);
			cleanUpAsNextStart(child);
			assertThat(pair).exists();
			child.kill();
			eventually(() -> assertThat(processes).noneMatch(Processes::isAlive));
			assertThat(pair).exists();
			cleanUpAsNextStart(child);
			assertThat(PairProcesses.directories(child.temporary())).isEmpty();
		}
	}

	@Test
	void theNextStartEndsServersWhoseShellsWereKilledWithTheJvm() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of(), this.directory)) {
			Path pair = child.awaitPair();
			List<ProcessHandle> processes = PairProcesses.in(pair);
			for (ProcessHandle process : processes) {
				if (process.info().commandLine().filter((line) -> line.contains("supervise.sh")).isPresent()) {
					process.children()
						.filter((subshell) -> subshell.info()
							.commandLine()
							.filter((line) -> line.contains(".sh"))
							.isPresent())
						.forEach(ProcessHandle::destroyForcibly);
					process.destroyForcibly();
				}
			}
			child.kill();
			assertThat(processes).anyMatch(Processes::isAlive);
			cleanUpAsNextStart(child);
			assertThat(processes).noneMatch(Processes::isAlive);
			assertThat(pair).doesNotExist();
		}
	}

	@Test
	void aJvmThatExitsClosesThePair() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of(), this.directory)) {
			List<ProcessHandle> processes = PairProcesses.in(child.awaitPair());
			child.exit();
			assertThat(processes).noneMatch(Processes::isAlive);
			assertThat(PairProcesses.directories(child.temporary())).isEmpty();
		}
	}

	/**
	 * Clean up as the next start in the same temporary directory does.
	 */
	private static void cleanUpAsNextStart(ChildJvm child) throws Exception {
		WorkDirectory.create(child.temporary()).close();
	}

}
