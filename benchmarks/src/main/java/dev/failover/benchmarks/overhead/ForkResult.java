package dev.failover.benchmarks.overhead;

import java.util.List;
import java.util.Objects;

import dev.failover.benchmarks.run.Samples;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM measured of one operation through one contender.
 *
 * @param contender name of the contender
 * @param operation what was measured
 * @param threads how many threads called at once
 * @param round the round that it was measured in
 * @param group who took turns with it; null of older runs, in which nobody did
 * @param nanos nanoseconds of a call, of each block of turns
 * @param bytes bytes allocated by a call, of each block of turns
 */
record ForkResult(String contender, Operation operation, int threads, int round, @Nullable String group,
		List<Double> nanos, List<Double> bytes) {

	ForkResult {
		nanos = List.copyOf(nanos);
		bytes = List.copyOf(bytes);
	}

	double medianNanos() {
		return new Samples(this.nanos).median();
	}

	double medianBytes() {
		return new Samples(this.bytes).median();
	}

	/**
	 * Whether both were measured in the same JVM, or at least in the same round.
	 */
	boolean isBeside(ForkResult other) {
		return this.round == other.round && Objects.equals(this.group, other.group);
	}

}
