package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.it.ServerSql;

/**
 * Finds and signals server processes through the operating system. Linux only.
 */
final class ServerProcesses {

	private ServerProcesses() {
	}

	/**
	 * Returns the process of a node that runs recovery, if there is one.
	 */
	static Optional<ProcessHandle> recovering(EmbeddedNode node) {
		return ProcessHandle.current()
			.descendants()
			.filter((process) -> title(process).startsWith("postgres: " + node.name() + ": startup"))
			.findFirst();
	}

	private static String title(ProcessHandle process) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")).replace('\0', ' ');
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Returns the process ids of the sessions of a role on a node.
	 */
	static List<Integer> backends(EmbeddedNode node, String username) throws SQLException {
		return ServerSql.queryForList(node, "select pid from pg_stat_activity where usename = '" + username + "'",
				Integer.class);
	}

	/**
	 * Returns the process id of the postmaster, the parent of all sessions.
	 */
	static long postmaster(EmbeddedNode node, String username) throws SQLException {
		return ProcessHandle.of(backends(node, username).get(0)).flatMap(ProcessHandle::parent).orElseThrow().pid();
	}

	/**
	 * Limits the size of files that processes write. The kernel refuses larger writes, as
	 * on a full disk.
	 */
	static void limitFiles(List<Long> processes, String bytes) throws IOException, InterruptedException {
		for (long process : processes) {
			run("prlimit", "--pid=" + process, "--fsize=" + bytes + ":");
		}
	}

	static void signal(long process, String signal) throws IOException, InterruptedException {
		if (process <= 1) {
			throw new IllegalArgumentException("Not a process to signal: " + process);
		}
		run("kill", "-" + signal, Long.toString(process));
	}

	private static void run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).inheritIO().start();
		if (!process.waitFor(10, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw new IOException(List.of(command) + " did not end");
		}
	}

}
