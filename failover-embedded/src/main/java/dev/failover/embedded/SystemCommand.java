package dev.failover.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the operating system. It runs without the {@code PG*} variables of this
 * JVM's environment, which would change the behavior of PostgreSQL's programs.
 *
 * @param words the command and its arguments
 */
record SystemCommand(List<String> words) {

	private static final long TIMEOUT_SECONDS = 120;

	SystemCommand {
		words = List.copyOf(words);
	}

	static SystemCommand of(String... words) {
		return new SystemCommand(List.of(words));
	}

	/**
	 * Run the command and discard its output.
	 * @return whether it could be run and its exit status was 0
	 */
	boolean succeeds() {
		try {
			return run(Redirect.DISCARD) == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Run the command and append its output to a file.
	 * @param output the file
	 * @return the exit status
	 */
	int run(Path output) throws IOException {
		return run(Redirect.appendTo(output.toFile()));
	}

	/**
	 * Start the command and append its output to a file. Its standard input is a pipe
	 * from this JVM.
	 * @param output the file
	 * @return the process
	 */
	Process start(Path output) throws IOException {
		return builder(Redirect.appendTo(output.toFile())).start();
	}

	private int run(Redirect output) throws IOException {
		Process process = builder(output).start();
		try {
			process.getOutputStream().close();
			if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
				return process.exitValue();
			}
			throw new IOException("'" + this.words.get(0) + "' did not end within " + TIMEOUT_SECONDS + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for '" + this.words.get(0) + "'", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private ProcessBuilder builder(Redirect output) {
		ProcessBuilder builder = new ProcessBuilder(this.words);
		builder.environment().keySet().removeIf((name) -> name.startsWith("PG"));
		return builder.redirectErrorStream(true).redirectOutput(output);
	}

}
