package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a server: the postmaster, its children, and the small shell above them that
 * reaps the postmaster and ends it when this JVM ends. Safe for use by several threads.
 */
final class ServerProcess {

	private final Process supervisor;

	private final ProcessHandle postmaster;

	private ServerProcess(Process supervisor, ProcessHandle postmaster) {
		this.supervisor = supervisor;
		this.postmaster = postmaster;
	}

	/**
	 * Launch a server.
	 * @param script the supervising script
	 * @param directory where the process id is written, and the log
	 * @param command the server's command
	 */
	static ServerProcess launch(Path script, Path directory, Command command) throws IOException {
		Path pidFile = directory.resolve("server.pid");
		Files.deleteIfExists(pidFile);
		List<String> words = new ArrayList<>(session());
		words.addAll(List.of("sh", script.toString(), pidFile.toString()));
		words.addAll(command.words());
		Process supervisor = new Command(words).start(directory.resolve(Server.LOG));
		try {
			return new ServerProcess(supervisor, awaitPostmaster(supervisor, pidFile));
		}
		catch (IOException | RuntimeException ex) {
			supervisor.getOutputStream().close();
			throw ex;
		}
	}

	private static ProcessHandle awaitPostmaster(Process supervisor, Path pidFile) throws IOException {
		Patience patience = Patience.seconds(10);
		while (!Files.exists(pidFile) || Files.size(pidFile) == 0) {
			if (!supervisor.isAlive()) {
				throw new IOException("The supervisor of the server ended with " + supervisor.exitValue());
			}
			patience.pause("The supervisor of the server did not start");
		}
		long pid = Signals.requireOrdinary(Long.parseLong(Files.readString(pidFile).strip()));
		return ProcessHandle.of(pid).orElseThrow(() -> new IOException("The server ended as soon as it was started"));
	}

	/**
	 * Where possible a session of its own, so that the Ctrl-C that ends the JVM does not
	 * reach the servers before their clients.
	 */
	private static List<String> session() {
		return Platform.current().isLinux() ? List.of("setsid") : List.of();
	}

	long pid() {
		return this.postmaster.pid();
	}

	/**
	 * Say whether the postmaster is there. It is reaped as soon as it ends.
	 */
	boolean isAlive() {
		return this.supervisor.isAlive();
	}

	/**
	 * Run an action as soon as the postmaster has ended.
	 */
	void onExit(Runnable action) {
		this.supervisor.onExit().thenRun(action);
	}

	/**
	 * Send a signal to the postmaster.
	 */
	void signal(String name) {
		if (isAlive()) {
			Signals.send(name, List.of(pid()));
		}
	}

	void freeze() {
		signal("STOP");
		Signals.send("STOP", children());
	}

	void thaw() {
		Signals.send("CONT", children());
		signal("CONT");
	}

	/**
	 * Kill the postmaster and all its children. The postmaster is stopped first, so that
	 * it makes no new ones.
	 */
	void kill() {
		signal("STOP");
		if (isAlive()) {
			Signals.kill(Processes.family(this.postmaster));
		}
		awaitEnd("The supervisor of the server did not end");
	}

	/**
	 * Kill one child.
	 */
	void killChild(int pid) {
		Signals.requireOrdinary(pid);
		ProcessHandle child = this.postmaster.children()
			.filter((candidate) -> candidate.pid() == pid)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(pid + " is not a backend of this server"));
		child.destroyForcibly();
	}

	void awaitEnd(String complaint) {
		Patience patience = Patience.seconds(30);
		while (isAlive()) {
			patience.pause(complaint);
		}
	}

	private List<Long> children() {
		return this.postmaster.children().map(ProcessHandle::pid).toList();
	}

}
