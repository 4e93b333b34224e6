package dev.failover.benchmarks.overhead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;

/**
 * Results of the overhead benchmark, as in its JSON file.
 *
 * @param date start of the measurement
 * @param machine machine of the measurement
 * @param size size of the measurement
 * @param plan extent of the measurement
 * @param versions version of the library of each contender
 * @param leftOut contenders that were not measured, in general or with some number of
 * threads
 * @param forks results of each JVM
 */
record OverheadResults(Instant date, Machine machine, Size size, OverheadPlan plan, Map<String, String> versions,
		List<Exclusion> leftOut, List<Fork> forks) {

	/**
	 * Returns the time of a call relative to that of the pool alone in the same block.
	 */
	Interval ratio(String contender, Operation operation, int threads) {
		List<List<Double>> ratios = new ArrayList<>();
		for (Fork fork : of(contender, operation, threads)) {
			Fork pool = of(Contenders.HIKARI, operation, threads).stream()
				.filter((other) -> other.round() == fork.round() && other.group().equals(fork.group()))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("The pool alone was not measured beside " + fork));
			ratios.add(Interval.pairs(fork.nanos(), pool.nanos(), (one, other) -> one / other));
		}
		return Interval.ofMedians(ratios);
	}

	/**
	 * Returns the bytes that a call allocates in addition to the pool alone, from the
	 * lowest value of all blocks. The higher values contain allocations of other threads.
	 */
	double leastBytesAdded(String contender, Operation operation, int threads) {
		return leastBytes(contender, operation, threads) - leastBytes(Contenders.HIKARI, operation, threads);
	}

	private double leastBytes(String contender, Operation operation, int threads) {
		return of(contender, operation, threads).stream()
			.filter((fork) -> fork.group().equals(OverheadPlan.Group.CLOSE))
			.flatMap((fork) -> fork.bytes().stream())
			.mapToDouble(Double::doubleValue)
			.min()
			.orElseThrow();
	}

	private List<Fork> of(String contender, Operation operation, int threads) {
		return this.forks.stream()
			.filter((fork) -> fork.contender().equals(contender) && fork.operation() == operation
					&& fork.threads() == threads)
			.toList();
	}

	/**
	 * Result of one operation through one contender in one JVM.
	 *
	 * @param contender name of the contender
	 * @param operation the operation
	 * @param threads number of threads that called at once
	 * @param round the round
	 * @param group name of the group that shared the JVM
	 * @param nanos nanoseconds of a call in each block
	 * @param bytes bytes allocated by a call in each block
	 */
	record Fork(String contender, Operation operation, int threads, int round, String group, List<Double> nanos,
			List<Double> bytes) {

		Fork {
			nanos = List.copyOf(nanos);
			bytes = List.copyOf(bytes);
		}

	}

	/**
	 * Contender that was not measured.
	 *
	 * @param contender name of the contender
	 * @param reason the reason
	 */
	record Exclusion(String contender, String reason) {

		static Exclusion of(Contender contender, Throwable failure) {
			Throwable cause = failure;
			while (cause.getCause() != null && cause.getCause() != cause) {
				cause = cause.getCause();
			}
			return new Exclusion(contender.name(),
					"it does not run on the stub: " + cause.toString().lines().findFirst().orElse("unknown"));
		}

	}

}
