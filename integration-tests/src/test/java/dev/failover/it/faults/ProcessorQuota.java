package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

/**
 * Control group of Linux whose processes share a part of one processor. Needs the right
 * to create one, as root has it.
 */
final class ProcessorQuota implements AutoCloseable {

	private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");

	private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

	private static final int PERIOD = 100_000;

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private final Path group;

	private ProcessorQuota(Path group) {
		this.group = group;
	}

	/**
	 * Creates a group, or returns nothing if that is not permitted.
	 * @param percent percentage of one processor
	 */
	static Optional<ProcessorQuota> create(int percent) {
		boolean first = Files.exists(VERSION_1.resolve("cpu.cfs_period_us"));
		Path group = (first ? VERSION_1 : VERSION_2)
			.resolve("failover-test-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet());
		int quota = PERIOD / 100 * percent;
		try {
			Files.createDirectory(group);
			if (first) {
				Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD));
				Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
			}
			else {
				Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD);
			}
			return Optional.of(new ProcessorQuota(group));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns a command that runs another one in the group.
	 */
	List<String> enter() {
		return List.of("/bin/sh", "-c", "echo $$ > " + this.group.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
	}

	/**
	 * Removes the group, once its processes have ended.
	 */
	@Override
	public void close() {
		Awaitility.await().until(() -> {
			try {
				return Files.deleteIfExists(this.group);
			}
			catch (IOException ex) {
				return false;
			}
		});
	}

}
