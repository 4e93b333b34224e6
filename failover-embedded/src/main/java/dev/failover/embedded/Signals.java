package dev.failover.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sends signals to processes, by their ids only: never to a group, never to all.
 */
final class Signals {

	private Signals() {
	}

	/**
	 * Send a signal. Processes that have ended are passed over.
	 * @param signal its name without {@code SIG}
	 * @param pids to whom
	 */
	static void send(String signal, Collection<Long> pids) {
		if (pids.isEmpty()) {
			return;
		}
		List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -\"$0\" \"$@\"", signal));
		for (long pid : pids) {
			words.add(Long.toString(requireOrdinary(pid)));
		}
		new Command(words).succeeds();
	}

	/**
	 * Refuse ids that are not those of an ordinary process: 0 and negative ones mean
	 * groups, -1 every process, 1 the system itself.
	 */
	static long requireOrdinary(long pid) {
		if (pid <= 1) {
			throw new IllegalArgumentException("Not the id of an ordinary process: " + pid);
		}
		return pid;
	}

	/**
	 * Kill processes and wait until they are gone.
	 */
	static void kill(List<ProcessHandle> processes) {
		for (ProcessHandle process : processes) {
			requireOrdinary(process.pid());
			process.destroyForcibly();
		}
		Patience patience = Patience.seconds(10);
		for (ProcessHandle process : processes) {
			while (Processes.isAlive(process)) {
				patience.pause("Process " + process.pid() + " did not end when it was killed");
			}
		}
	}

}
