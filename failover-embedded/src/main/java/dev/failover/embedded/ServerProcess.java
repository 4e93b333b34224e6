package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of a running server: the postmaster, its children, and the shell that
 * reaps the postmaster and ends it when this JVM has ended. Safe for use by several
 * threads.
 */
final class ServerProcess {

	private static final int STOP_TIMEOUT_SECONDS = 10;

	private static final int END_TIMEOUT_SECONDS = 30;

	private final Process shell;

	private final ProcessHandle postmaster;

	private ServerProcess(Process shell, ProcessHandle postmaster) {
		this.shell = shell;
		this.postmaster = postmaster;
	}

	/**
	 * Launch a server.
	 * @param script the script that the shell runs
	 * @param directory directory for the log and for the file with the process id
	 * @param command the command of the server
	 * @return the launched server, which does not accept connections yet
	 */
	static ServerProcess launch(Path script, Path directory, SystemCommand command) throws IOException {
		Path pidFile = directory.resolve("server.pid");
		Files.deleteIfExists(pidFile);
		List<String> words = new ArrayList<>(newSession());
		words.addAll(List.of("sh", script.toString(), pidFile.toString()));
		words.addAll(command.words());
		Process shell = new SystemCommand(words).start(directory.resolve(Server.LOG));
		try {
			return new ServerProcess(shell, awaitPostmaster(shell, pidFile));
		}
		catch (IOException | RuntimeException ex) {
			shell.getOutputStream().close();
			throw ex;
		}
	}

	private static ProcessHandle awaitPostmaster(Process shell, Path pidFile) throws IOException {
		PollDeadline.inSeconds(10).await(() -> {
			if (hasContent(pidFile)) {
				return true;
			}
			if (!shell.isAlive()) {
				throw new IOException("The shell that runs the server ended with status " + shell.exitValue());
			}
			return false;
		}, "The shell that runs the server did not start it within 10 s");
		long pid = Processes.requireOrdinary(Long.parseLong(Files.readString(pidFile).strip()));
		return ProcessHandle.of(pid).orElseThrow(() -> new IOException("The server ended as soon as it was started"));
	}

	private static boolean hasContent(Path file) throws IOException {
		return Files.exists(file) && Files.size(file) > 0;
	}

	/**
	 * Return the command that runs another one in a session of its own, so that a Ctrl-C
	 * that ends this JVM does not end the servers before their clients.
	 */
	private static List<String> newSession() {
		return Platform.current().isLinux() ? List.of("setsid") : List.of();
	}

	long pid() {
		return this.postmaster.pid();
	}

	/**
	 * Return whether the postmaster is alive. The shell ends with it.
	 * @return whether it is alive
	 */
	boolean isAlive() {
		return this.shell.isAlive();
	}

	/**
	 * Run an action when the postmaster has ended.
	 * @param action the action
	 */
	void onExit(Runnable action) {
		this.shell.onExit().thenRun(action);
	}

	/**
	 * Send a signal to the postmaster.
	 * @param name name of the signal, without {@code SIG}
	 */
	void signal(String name) {
		if (isAlive()) {
			Processes.signal(name, List.of(pid()));
		}
	}

	/**
	 * Stop the postmaster, then its children.
	 */
	void freeze() {
		try {
			stopPostmaster();
		}
		catch (EmbeddedPostgresException ex) {
			signal("CONT");
			throw ex;
		}
		Processes.signal("STOP", children());
	}

	/**
	 * Stop the postmaster, so that it does not start new children. The signal alone does
	 * not do that: a postmaster that is in the middle of a fork completes it first, and
	 * the child appears only then. Where the operating system does not tell the state of
	 * a process, this does not wait for the fork.
	 */
	private void stopPostmaster() {
		signal("STOP");
		PollDeadline.inSeconds(STOP_TIMEOUT_SECONDS)
			.await(() -> Processes.state(pid()).filter((state) -> state != 'T' && state != 'Z').isEmpty(),
					"The server with process id " + pid() + " did not stop within " + STOP_TIMEOUT_SECONDS + " s");
	}

	void thaw() {
		Processes.signal("CONT", children());
		signal("CONT");
	}

	/**
	 * Kill the postmaster and its children. The postmaster is stopped first, so that it
	 * does not start new ones.
	 */
	void kill() {
		try {
			stopPostmaster();
		}
		finally {
			if (isAlive()) {
				Processes.kill(Processes.withChildren(this.postmaster));
			}
		}
		awaitEnd();
	}

	/**
	 * Kill a child of the postmaster.
	 * @param pid process id of the child
	 * @throws IllegalArgumentException if the postmaster has no such child
	 */
	void killChild(int pid) {
		Processes.requireOrdinary(pid);
		ProcessHandle child = this.postmaster.children()
			.filter((candidate) -> candidate.pid() == pid)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Process " + pid + " is not a backend of this server"));
		child.destroyForcibly();
	}

	/**
	 * Wait until the postmaster has ended.
	 */
	void awaitEnd() {
		PollDeadline.inSeconds(END_TIMEOUT_SECONDS)
			.await(() -> !isAlive(),
					"The server with process id " + pid() + " did not end within " + END_TIMEOUT_SECONDS + " s");
	}

	private List<Long> children() {
		return this.postmaster.children().map(ProcessHandle::pid).toList();
	}

}
