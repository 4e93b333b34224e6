package dev.failover.it.faults;

import java.io.IOException;

/**
 * Stops and continues a process in turns, so that it runs for a part of the time only.
 * Needs no right but that to send signals to the process.
 */
final class ProcessorLimit implements AutoCloseable {

	private static final int PERIOD_MILLIS = 200;

	private static final String TURNS = """
			while kill -STOP "$1" && sleep "$2" && kill -CONT "$1" && sleep "$3"; do :; done 2>/dev/null
			""";

	private final Process turns;

	private ProcessorLimit(Process turns) {
		this.turns = turns;
	}

	/**
	 * Limits a process until the limit is closed.
	 * @param percent percentage of the time in which the process runs
	 */
	static ProcessorLimit of(Process process, int percent) throws IOException {
		int running = PERIOD_MILLIS * percent / 100;
		return new ProcessorLimit(new ProcessBuilder("/bin/sh", "-c", TURNS, "sh", Long.toString(process.pid()),
				seconds(PERIOD_MILLIS - running), seconds(running))
			.start());
	}

	private static String seconds(int millis) {
		return "0.%03d".formatted(millis);
	}

	/**
	 * Ends the limit, which may leave the process stopped.
	 */
	@Override
	public void close() {
		this.turns.destroyForcibly().onExit().join();
	}

}
