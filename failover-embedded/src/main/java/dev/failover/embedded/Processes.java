package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Operations on processes of the operating system. Signals are sent to single processes
 * only, by their ids: never to a process group and never to all processes.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * Return whether a process is alive. Unlike {@link ProcessHandle#isAlive()} it does
	 * not count zombies: a container without an init process never reaps orphans.
	 * @param process the process
	 * @return whether it is alive
	 */
	static boolean isAlive(ProcessHandle process) {
		return process.isAlive() && !isZombie(process.pid());
	}

	private static boolean isZombie(long pid) {
		return state(pid).filter((state) -> state == 'Z').isPresent();
	}

	/**
	 * Return the state of a process as {@code /proc} tells it, for example {@code T} for
	 * stopped and {@code Z} for a zombie.
	 * @param pid id of the process
	 * @return the state, or empty if there is no such process or this operating system
	 * has no {@code /proc}
	 */
	static Optional<Character> state(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			return Optional.of(stat.charAt(stat.lastIndexOf(')') + 2));
		}
		catch (IOException | IndexOutOfBoundsException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Return a process and its children.
	 * @param process the process
	 * @return the process, then its children
	 */
	static List<ProcessHandle> withChildren(ProcessHandle process) {
		List<ProcessHandle> processes = new ArrayList<>();
		processes.add(process);
		process.children().forEach(processes::add);
		return processes;
	}

	/**
	 * Send a signal. Processes that have ended are ignored.
	 * @param signal name of the signal, without {@code SIG}
	 * @param pids ids of the processes
	 */
	static void signal(String signal, Collection<Long> pids) {
		if (pids.isEmpty()) {
			return;
		}
		List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -\"$0\" \"$@\"", signal));
		for (long pid : pids) {
			words.add(Long.toString(requireOrdinary(pid)));
		}
		new SystemCommand(words).succeeds();
	}

	/**
	 * Check that an id is that of an ordinary process: 0 and negative numbers denote
	 * process groups, -1 all processes, 1 the init process.
	 * @param pid the id
	 * @return the id
	 * @throws IllegalArgumentException if it is not
	 */
	static long requireOrdinary(long pid) {
		if (pid <= 1) {
			throw new IllegalArgumentException("Not the id of an ordinary process: " + pid);
		}
		return pid;
	}

	/**
	 * Kill processes ({@code SIGKILL}) and wait until they have ended.
	 * @param processes the processes
	 */
	static void kill(List<ProcessHandle> processes) {
		for (ProcessHandle process : processes) {
			requireOrdinary(process.pid());
			process.destroyForcibly();
		}
		PollDeadline deadline = PollDeadline.inSeconds(10);
		for (ProcessHandle process : processes) {
			deadline.await(() -> !isAlive(process),
					"Process " + process.pid() + " did not end within 10 s after it was killed");
		}
	}

}
