package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at processes of the operating system.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * Say whether a process is alive. A zombie, which {@link ProcessHandle#isAlive()}
	 * counts in, is not: where nobody reaps orphans it stays for ever.
	 */
	static boolean isAlive(ProcessHandle process) {
		return process.isAlive() && !isZombie(process.pid());
	}

	private static boolean isZombie(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
		}
		catch (IOException | IndexOutOfBoundsException ex) {
			return false;
		}
	}

	/**
	 * Return a process and its children, itself first.
	 */
	static List<ProcessHandle> family(ProcessHandle process) {
		List<ProcessHandle> family = new ArrayList<>();
		family.add(process);
		process.children().forEach(family::add);
		return family;
	}

}
