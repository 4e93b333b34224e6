package dev.failover.benchmarks.overhead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Interval;
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
	 * Names of those that were measured, in the order of the versions.
	 */
	List<String> contenders() {
		List<String> measured = this.forks.stream().map(ForkResult::contender).distinct().toList();
		return this.versions.keySet().stream().filter(measured::contains).toList();
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
	 * Time of a call against the bare pool's in the same blocks of turns.
	 */
	Interval ratio(String contender, Operation operation, int threads) {
		return Interval.ofMedians(of(contender, operation, threads).stream()
			.map((fork) -> ratios(fork, beside(fork, BareHikari.NAME)))
			.toList());
	}

	/**
	 * Time of a call of ours against a peer's: in the same blocks where they took turns,
	 * else by way of the bare pool.
	 */
	Interval ratioTo(String peer, Operation operation, int threads) {
		List<ForkResult> theirs = of(peer, operation, threads);
		List<ForkResult> shared = of(Failover.NAME, operation, threads).stream()
			.filter((fork) -> theirs.stream().anyMatch(fork::isBeside))
			.toList();
		if (shared.isEmpty()) {
			return ratio(Failover.NAME, operation, threads).over(ratio(peer, operation, threads));
		}
		return Interval.ofMedians(shared.stream().map((fork) -> ratios(fork, beside(fork, peer))).toList());
	}

	private static List<Double> ratios(ForkResult fork, ForkResult other) {
		List<Double> ratios = new ArrayList<>();
		for (int block = 0; block < fork.nanos().size(); block++) {
			ratios.add(fork.nanos().get(block) / other.nanos().get(block));
		}
		return ratios;
	}

	/**
	 * Bytes that a call allocates more than the bare pool's.
	 */
	double bytesAdded(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream()
			.map((fork) -> fork.medianBytes() - beside(fork, BareHikari.NAME).medianBytes())
			.toList()).median();
	}

	/**
	 * The same by the least of all blocks: what other threads allocate meanwhile only
	 * adds to it, the more so the fewer calls a busy machine lets through.
	 */
	double leastBytesAdded(String contender, Operation operation, int threads) {
		return leastBytes(contender, operation, threads) - leastBytes(BareHikari.NAME, operation, threads);
	}

	private double leastBytes(String contender, Operation operation, int threads) {
		return new Samples(of(contender, operation, threads).stream().flatMap((fork) -> fork.bytes().stream()).toList())
			.min();
	}

	/**
	 * What is said of the bare pool itself is from the JVMs of the close ones.
	 */
	private List<ForkResult> of(String contender, Operation operation, int threads) {
		return this.forks.stream()
			.filter((fork) -> fork.contender().equals(contender) && fork.operation() == operation
					&& fork.threads() == threads)
			.filter((fork) -> !contender.equals(BareHikari.NAME) || fork.group() == null
					|| fork.group().equals(Group.CLOSE))
			.toList();
	}

	private ForkResult beside(ForkResult fork, String contender) {
		return this.forks.stream()
			.filter((other) -> other.contender().equals(contender) && other.operation() == fork.operation()
					&& other.threads() == fork.threads() && other.isBeside(fork))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(contender + " was not measured beside " + fork));
	}

}
