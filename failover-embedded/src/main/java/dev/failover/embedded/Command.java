package dev.failover.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the operating system, run without a pipe and without the {@code PG*}
 * variables of the environment, which would change what PostgreSQL does.
 *
 * @param words the command and its arguments
 */
record Command(List<String> words) {

	private static final long TIMEOUT_SECONDS = 120;

	Command {
		words = List.copyOf(words);
	}

	static Command of(String... words) {
		return new Command(List.of(words));
	}

	/**
	 * Say whether the command can be run and ends well.
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
	 * Run the command with its output appended to a file.
	 */
	int run(Path output) throws IOException {
		return run(Redirect.appendTo(output.toFile()));
	}

	/**
	 * Start the command with its output appended to a file, its standard input a pipe
	 * that this JVM holds.
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
			throw new IOException(this.words.get(0) + " did not end within " + TIMEOUT_SECONDS + " s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for " + this.words.get(0), ex);
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
