package dev.failover.benchmarks.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import dev.failover.benchmarks.recovery.report.Report;
import dev.failover.benchmarks.recovery.result.Result;

/**
 * Measures the time to recover, and writes its report into the directory that the system
 * property {@code benchmarks.out} names.
 */
public final class Recovery {

	private static final String OUT = "benchmarks.out";

	private static final String DEFAULT_OUT = "docs/benchmarks";

	private Recovery() {
	}

	/**
	 * Run with options of the form {@code --name=value}.
	 * @return what is worse than it may be
	 */
	public static List<String> run(List<String> arguments) throws IOException, InterruptedException {
		Options options = Options.of(arguments);
		Report report = new Report(Path.of(System.getProperty(OUT, DEFAULT_OUT)));
		if (options.render()) {
			report.write(report.read());
			return List.of();
		}
		Quiet.please();
		Result result = new Run(options, System.out).play();
		report.write(result);
		List<String> wrong = (options.size() == Size.SMALL) ? Checks.check(result) : result.broken();
		wrong.forEach((line) -> System.err.println("Recovery: " + line));
		return wrong;
	}

}
