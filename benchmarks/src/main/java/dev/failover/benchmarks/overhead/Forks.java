package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Lets JMH measure one contender, each operation in a JVM of its own.
 *
 * @param plan how long
 */
record Forks(OverheadPlan plan) {

	private static final String BYTES = "gc.alloc.rate.norm";

	List<ForkResult> measure(String contender, int threads, int round) throws RunnerException {
		TimeValue time = TimeValue.milliseconds(this.plan.iterationMillis());
		Collection<RunResult> results = new Runner(new OptionsBuilder().include(Cycle.class.getName() + "\\.")
			.param("name", contender)
			.threads(threads)
			.forks(1)
			.warmupIterations(this.plan.warmups())
			.warmupTime(time)
			.measurementIterations(this.plan.iterations())
			.measurementTime(time)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.jvmArgs("-Xms512m", "-Xmx512m")
			.build()).run();
		List<ForkResult> measured = new ArrayList<>();
		for (RunResult result : results) {
			measured.add(read(result, contender, threads, round));
		}
		return measured;
	}

	private static ForkResult read(RunResult result, String contender, int threads, int round) {
		List<Double> nanos = new ArrayList<>();
		List<Double> bytes = new ArrayList<>();
		for (BenchmarkResult fork : result.getBenchmarkResults()) {
			for (IterationResult iteration : fork.getIterationResults()) {
				nanos.add(iteration.getPrimaryResult().getScore());
				bytes.add(Objects.requireNonNull(iteration.getSecondaryResults().get(BYTES), BYTES).getScore());
			}
		}
		return new ForkResult(contender, Operation.of(result.getParams().getBenchmark()), threads, round, nanos, bytes);
	}

}
