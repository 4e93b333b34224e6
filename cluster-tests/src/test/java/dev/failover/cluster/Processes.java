package dev.failover.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Processes of the operating system. Signals are sent to single processes only, by their
 * ids.
 */
final class Processes {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private Processes() {
	}

	/**
	 * Starts a process whose output is appended to a file.
	 */
	static Process start(List<String> command, Path log) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().keySet().removeIf((name) -> name.matches("(PG|ETCD|PATRONI).*"));
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a command until it ends.
	 */
	static void run(String... command) {
		try {
			int status = new ProcessBuilder(command).inheritIO().start().waitFor();
			if (status != 0) {
				throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends a signal to processes that live.
	 * @param signal name without {@code SIG}
	 */
	static void signal(String signal, Collection<ProcessHandle> processes) {
		List<String> pids = processes.stream()
			.filter((process) -> process.pid() > 1 && isAlive(process))
			.map((process) -> Long.toString(process.pid()))
			.toList();
		if (!pids.isEmpty()) {
			List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -\"$0\" \"$@\" || true", signal));
			words.addAll(pids);
			run(words.toArray(String[]::new));
		}
	}

	/**
	 * Kills processes and waits until they have ended.
	 */
	static void kill(Collection<ProcessHandle> processes) {
		processes.forEach(ProcessHandle::destroyForcibly);
		awaitEnd(processes, TIMEOUT);
	}

	static void awaitEnd(Collection<ProcessHandle> processes, Duration atMost) {
		Awaitility.await("end of processes")
			.atMost(atMost)
			.until(() -> processes.stream().noneMatch(Processes::isAlive));
	}

	/**
	 * Returns whether a process is alive. One that has ended stays as a zombie where no
	 * process takes note of it, as in many containers.
	 */
	static boolean isAlive(ProcessHandle process) {
		if (!process.isAlive()) {
			return false;
		}
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns a process and its children.
	 */
	static List<ProcessHandle> withChildren(ProcessHandle process) {
		return Stream.concat(Stream.of(process), process.children()).toList();
	}

}
