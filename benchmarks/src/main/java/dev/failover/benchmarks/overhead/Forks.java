package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Lets JMH measure a group of contenders in one JVM.
 *
 * @param plan how long
 */
record Forks(OverheadPlan plan) {

	private static final String BYTES = "gc.alloc.rate.norm";

	/** Turns that warm up are longer, for compilation takes its time. */
	private static final int LONGER = 2;

	/** Each loop is compiled by itself, never as a part of JMH's own. */
	private static final String LOOPS = "-XX:CompileCommand=dontinline,*" + CallLoopCopy.class.getSimpleName() + "*::*";

	List<ForkResult> measure(Group group, int threads, int round) throws RunnerException {
		int block = new Turns(group.contenders().size() * Operation.values().length).block();
		List<IterationResult> iterations = new ArrayList<>();
		new Runner(new OptionsBuilder().include(Cycle.class.getName() + "\\.")
			.param("names", String.join(Cycle.SEPARATOR, group.contenders()))
			.threads(threads)
			.forks(1)
			.warmupIterations(this.plan.warmups() * block)
			.warmupTime(TimeValue.milliseconds(LONGER * this.plan.iterationMillis()))
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
	 * Each contender has two turns in a block, of which the mean counts.
	 */
	private static List<ForkResult> read(List<IterationResult> iterations, Group group, int threads, int round) {
		int operations = Operation.values().length;
		Turns turns = new Turns(group.contenders().size() * operations);
		List<ForkResult> measured = new ArrayList<>();
		for (int entrant = 0; entrant < turns.count(); entrant++) {
			List<Double> nanos = new ArrayList<>();
			List<Double> bytes = new ArrayList<>();
			for (int block = 0; block < iterations.size(); block += turns.block()) {
				IterationResult there = iterations.get(block + entrant);
				IterationResult back = iterations.get(block + turns.block() - 1 - entrant);
				nanos.add((nanos(there) + nanos(back)) / 2);
				bytes.add((bytes(there) + bytes(back)) / 2);
			}
			measured.add(new ForkResult(group.contenders().get(entrant / operations),
					Operation.values()[entrant % operations], threads, round, group.name(), nanos, bytes));
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
