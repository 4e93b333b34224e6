package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedNode;

/**
 * Looks at processes of servers from outside, as an operating system would. Linux only.
 */
final class ServerProcesses {

	private ServerProcesses() {
	}

	/**
	 * The process of a node that recovers its data now, if it does.
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
	 * Backends of the application's role on a node.
	 */
	static List<Integer> backends(EmbeddedNode node, String username) throws SQLException {
		try (Connection connection = node.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select coalesce(array_agg(pid), '{}') from pg_stat_activity "
						+ "where usename = '" + username + "'")) {
			rows.next();
			return List.of((Integer[]) rows.getArray(1).getArray());
		}
	}

	/**
	 * The process that a node's others are children of.
	 */
	static long postmaster(EmbeddedNode node, String username) throws SQLException {
		return ProcessHandle.of(backends(node, username).get(0)).flatMap(ProcessHandle::parent).orElseThrow().pid();
	}

	/**
	 * Let processes write no file beyond a size; the kernel refuses, as on a full disk.
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
