package dev.failover.benchmarks.recovery;

import java.io.IOException;
import java.util.List;

import dev.failover.benchmarks.recovery.report.Report;
import dev.failover.benchmarks.recovery.result.Result;

/**
 * Measures the time to recover, and writes its report.
 */
public final class Recovery {

	private Recovery() {
	}

	/**
	 * Run with options of the form {@code --name=value}.
	 * @return what is worse than it may be
	 */
	public static List<String> run(List<String> arguments) throws IOException, InterruptedException {
		Options options = Options.of(arguments);
		Report report = new Report(options.directory());
		if (options.render()) {
			report.write(report.read());
			return List.of();
		}
		Quiet.please();
		Result result = new Run(options, System.out).play();
		report.write(result);
		List<String> wrong = options.plan().check(result);
		wrong.forEach((line) -> System.err.println("Recovery: " + line));
		return wrong;
	}

}
