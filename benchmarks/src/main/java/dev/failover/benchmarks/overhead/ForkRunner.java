package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.failover.benchmarks.overhead.OverheadPlan.Group;
import dev.failover.benchmarks.overhead.OverheadResults.Fork;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures a group of contenders with JMH in one forked JVM.
 *
 * @param plan extent of the measurement
 */
record ForkRunner(OverheadPlan plan) {

	private static final String BYTES = "gc.alloc.rate.norm";

	/** Ratio of warm-up to measurement time of an iteration; compilation needs longer. */
	private static final int WARMUP_FACTOR = 2;

	/**
	 * Makes the JIT compiler compile each loop by itself, not inlined into JMH's loop.
	 */
	private static final String LOOPS = "-XX:CompileCommand=dontinline,*CallLoop$Template*::*";

	List<Fork> measure(Group group, int threads, int round) throws RunnerException {
		int block = new Schedule(group.contenders().size() * Operation.values().length).block();
		List<IterationResult> iterations = new ArrayList<>();
		new Runner(new OptionsBuilder().include(CallBenchmark.class.getName() + "\\.")
			.param("names", String.join(CallBenchmark.SEPARATOR, group.contenders()))
			.threads(threads)
			.forks(1)
			.warmupIterations(this.plan.warmups() * block)
			.warmupTime(TimeValue.milliseconds(WARMUP_FACTOR * this.plan.iterationMillis()))
			.measurementIterations(this.plan.blocks(group) * block)
			.measurementTime(TimeValue.milliseconds(this.plan.iterationMillis()))
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.jvmArgs("-Xms512m", "-Xmx512m", "-XX:CompileCommand=quiet", LOOPS)
			.build()).run()
			.forEach((result) -> result.getBenchmarkResults()
				.forEach((fork) -> iterations.addAll(fork.getIterationResults())));
		return read(iterations, group, threads, round);
	}

	/**
	 * Averages the two iterations of each target in a block, which runs the targets
	 * forwards and then backwards.
	 */
	private static List<Fork> read(List<IterationResult> iterations, Group group, int threads, int round) {
		int operations = Operation.values().length;
		Schedule schedule = new Schedule(group.contenders().size() * operations);
		List<Fork> measured = new ArrayList<>();
		for (int target = 0; target < schedule.targets(); target++) {
			List<Double> nanos = new ArrayList<>();
			List<Double> bytes = new ArrayList<>();
			for (int block = 0; block < iterations.size(); block += schedule.block()) {
				IterationResult forward = iterations.get(block + target);
				IterationResult backward = iterations.get(block + schedule.block() - 1 - target);
				nanos.add((nanos(forward) + nanos(backward)) / 2);
				bytes.add((bytes(forward) + bytes(backward)) / 2);
			}
			measured.add(new Fork(group.contenders().get(target / operations), Operation.values()[target % operations],
					threads, round, group.name(), nanos, bytes));
		}
		return measured;
	}

	private static double nanos(IterationResult iteration) {
		return iteration.getPrimaryResult().getScore();
	}

	private static double bytes(IterationResult iteration) {
		return Objects.requireNonNull(iteration.getSecondaryResults().get(BYTES), BYTES).getScore();
	}

}
