package dev.failover.benchmarks.overhead;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Samples;
import dev.failover.benchmarks.run.Size;

/**
 * All that was measured of overhead.
 *
 * @param date when it began
 * @param machine where
 * @param size how much
 * @param plan how
 * @param versions version of each contender's library
 * @param leftOut contenders that do not run on the stub
 * @param forks what each JVM measured
 */
record OverheadResults(Instant date, Machine machine, Size size, OverheadPlan plan, Map<String, String> versions,
		List<LeftOut> leftOut, List<ForkResult> forks) {

	/**
	 * Names of those that were measured, in order.
	 */
	List<String> contenders() {
		return this.forks.stream().filter((fork) -> fork.round() == 0).map(ForkResult::contender).distinct().toList();
	}

	/**
	 * Whether a contender was measured with that many threads, each operation.
	 */
	boolean measured(String contender, int threads) {
		return Stream.of(Operation.values()).noneMatch((operation) -> of(contender, operation, threads).isEmpty());
	}

	Samples nanos(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream().map(ForkResult::medianNanos).toList());
	}

	Samples bytes(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream().map(ForkResult::medianBytes).toList());
	}

	/**
	 * Time of a call against the bare pool's in the same round.
	 */
	Samples ratio(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream()
			.map((fork) -> fork.medianNanos() / bare(fork).medianNanos())
			.toList());
	}

	/**
	 * The fastest iteration of all against the bare pool's fastest: what other work on
	 * the machine does to times, it does upwards only.
	 */
	double fastestRatio(String contender, Operation operation, int threads) {
		return fastest(contender, operation, threads) / fastest(BareHikari.NAME, operation, threads);
	}

	private double fastest(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream().flatMap((fork) -> fork.nanos().stream()).toList())
			.min();
	}

	/**
	 * Bytes that a call allocates more than the bare pool's.
	 */
	double bytesAdded(String contender, Operation operation, int threads) {
		return bytes(contender, operation, threads).median() - bytes(BareHikari.NAME, operation, threads).median();
	}

	/**
	 * The same by the least of all iterations: what other threads allocate meanwhile only
	 * adds to it, the more so the fewer calls a busy machine lets through.
	 */
	double leastBytesAdded(String contender, Operation operation, int threads) {
		return leastBytes(contender, operation, threads) - leastBytes(BareHikari.NAME, operation, threads);
	}

	private double leastBytes(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream().flatMap((fork) -> fork.bytes().stream()).toList())
			.min();
	}

	private List<ForkResult> of(String contender, Operation operation, int threads) {
		return this.forks.stream()
			.filter((fork) -> fork.contender().equals(contender) && fork.operation() == operation
					&& fork.threads() == threads)
			.toList();
	}

	private ForkResult bare(ForkResult other) {
		Optional<ForkResult> bare = of(BareHikari.NAME, other.operation(), other.threads()).stream()
			.filter((fork) -> fork.round() == other.round())
			.findFirst();
		return bare.orElseThrow(() -> new IllegalStateException("The bare pool was not measured beside " + other));
	}

}
