package dev.failover.embedded;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.failover.embedded.SharedPair.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a pair does not outlive its JVM.
 */
class JvmDeathTests {

	@TempDir
	Path directory;

	@Test
	void nothingRunsOnAfterAKilledJvmNotEvenFrozenAndTheNextStartRemovesItsDirectory() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of(), this.directory, "freeze")) {
			Path pair = child.awaitPair();
			List<ProcessHandle> processes = PairProcesses.in(pair);
			assertThat(processes).filteredOn(Processes::isAlive).hasSizeGreaterThan(10);
			nextStart(child);
			assertThat(pair).exists();
			child.kill();
			eventually(() -> assertThat(processes).noneMatch(Processes::isAlive));
			assertThat(pair).exists();
			nextStart(child);
			assertThat(PairProcesses.directories(child.temporary())).isEmpty();
		}
	}

	@Test
	void theNextStartEndsServersWhoseSupervisorsWereKilledToo() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of(), this.directory)) {
			Path pair = child.awaitPair();
			List<ProcessHandle> processes = PairProcesses.in(pair);
			for (ProcessHandle process : processes) {
				if (process.info().commandLine().filter((line) -> line.contains("supervise.sh")).isPresent()) {
					process.children()
						.filter((helper) -> helper.info()
							.commandLine()
							.filter((line) -> line.contains(".sh"))
							.isPresent())
						.forEach(ProcessHandle::destroyForcibly);
					process.destroyForcibly();
				}
			}
			child.kill();
			assertThat(processes).anyMatch(Processes::isAlive);
			nextStart(child);
			assertThat(processes).noneMatch(Processes::isAlive);
			assertThat(pair).doesNotExist();
		}
	}

	@Test
	void aJvmThatExitsWithoutClosingThePairLeavesNothing() throws Exception {
		try (ChildJvm child = ChildJvm.start(List.of(), this.directory)) {
			List<ProcessHandle> processes = PairProcesses.in(child.awaitPair());
			child.end();
			assertThat(processes).noneMatch(Processes::isAlive);
			assertThat(PairProcesses.directories(child.temporary())).isEmpty();
		}
	}

	/**
	 * Do what the next start in the same temporary directory does first.
	 */
	private static void nextStart(ChildJvm child) throws Exception {
		WorkDirectory.create(child.temporary()).close();
	}

}
