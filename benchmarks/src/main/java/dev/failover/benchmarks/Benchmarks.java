package dev.failover.benchmarks;

import java.util.Arrays;

import dev.failover.benchmarks.recovery.Recovery;

/**
 * Runs the parts of the benchmarks that are named, {@code overhead}, {@code recovery},
 * {@code scale} or {@code all}, and writes their report.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	public static void main(String[] arguments) throws Exception {
		if (arguments.length > 0 && arguments[0].equals("recovery")) {
			Recovery.main(Arrays.copyOfRange(arguments, 1, arguments.length));
		}
		throw new IllegalArgumentException("Name what to run: overhead, recovery, scale or all");
	}

}
