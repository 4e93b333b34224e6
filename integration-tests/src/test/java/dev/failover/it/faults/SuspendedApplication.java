package dev.failover.it.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the application in a JVM of its own and suspends that JVM, as a long garbage
 * collection does.
 *
 * @param group group of the row
 * @param fault name of the row
 * @param duration time for which the JVM is suspended
 */
record SuspendedApplication(FaultGroup group, String fault, Duration duration) {

	void run() throws Exception {
		EmbeddedPair pair = PairCache.acquire(PairOptions.MANAGED);
		boolean done = false;
		Process child = start(pair);
		try (BufferedReader answers = child.inputReader(); BufferedWriter commands = child.outputWriter()) {
			await(answers, ChildApplication.READY);
			send(commands, ChildApplication.FAULT);
			await(answers, ChildApplication.FAULT);
			ServerProcesses.signal(child.pid(), "STOP");
			long until = System.nanoTime() + this.duration.toNanos();
			Awaitility.await().forever().until(() -> System.nanoTime() - until >= 0);
			ServerProcesses.signal(child.pid(), "CONT");
			send(commands, ChildApplication.END);
			FaultRow row = FaultRow.fromJson(await(answers, "{"));
			assertThat(row.number(FaultRow.CHANGES)).as(row.toJson()).isZero();
			assertThat(row.number(FaultRow.LOST)).as(row.toJson()).isZero();
			assertThat(row.number(FaultRow.DUPLICATED)).as(row.toJson()).isZero();
			row.write();
			done = true;
		}
		finally {
			ServerProcesses.signal(child.pid(), "CONT");
			child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			PairCache.release(PairOptions.MANAGED, pair, done);
		}
	}

	private Process start(EmbeddedPair pair) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
						System.getProperty("java.class.path"), ChildApplication.class.getName()));
		command.addAll(List.of(this.group.name(), this.fault, pair.username(), pair.password(),
				pair.primary().jdbcUrl(), pair.mirror().jdbcUrl(), pair.primary().directJdbcUrl()));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private static void send(BufferedWriter commands, String command) throws Exception {
		commands.write(command + "\n");
		commands.flush();
	}

	/**
	 * Waits for a line with a beginning; the rest of the output is the application's log.
	 */
	private static String await(BufferedReader answers, String beginning) throws IOException {
		StringBuilder output = new StringBuilder();
		for (String line = answers.readLine(); line != null; line = answers.readLine()) {
			if (line.startsWith(beginning)) {
				return line;
			}
			output.append(line).append('\n');
		}
		throw new AssertionError("The application ended without the line '" + beginning + "':\n" + output);
	}

}
