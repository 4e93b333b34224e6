package dev.failover.benchmarks;

/**
 * Runs the parts of the benchmarks that are named, {@code overhead}, {@code recovery},
 * {@code scale} or {@code all}, and writes their report.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	public static void main(String[] arguments) {
		throw new IllegalArgumentException("Name what to run: overhead, recovery, scale or all");
	}

}
