package dev.failover.benchmarks.overhead;

import java.util.List;

import dev.failover.benchmarks.run.Samples;

/**
 * What one JVM measured of one operation.
 *
 * @param contender name of the contender
 * @param operation what was measured
 * @param threads how many threads called at once
 * @param round the round that it was measured in
 * @param nanos nanoseconds of a call, of each iteration
 * @param bytes bytes allocated by a call, of each iteration
 */
record ForkResult(String contender, Operation operation, int threads, int round, List<Double> nanos,
		List<Double> bytes) {

	double medianNanos() {
		return new Samples(this.nanos).median();
	}

	double medianBytes() {
		return new Samples(this.bytes).median();
	}

}
