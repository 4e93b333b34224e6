package dev.failover.benchmarks.recovery;

import java.io.IOException;
import java.util.List;

import dev.failover.benchmarks.recovery.result.RecoveryResults;
import dev.failover.benchmarks.run.MissedTargetException;
import dev.failover.benchmarks.run.RawResults;

/**
 * Measures the time to recover, and writes {@code recovery.json}, or
 * {@code services.json} if the nodes are services.
 */
public final class Recovery {

	private Recovery() {
	}

	/**
	 * Runs this part with options of the form {@code --name=value}.
	 */
	public static void run(List<String> arguments) throws IOException, InterruptedException {
		RecoveryOptions options = RecoveryOptions.of(arguments);
		Logging.off();
		RecoveryResults results = new Trials(options, System.out).run();
		RawResults.write(options.file(), results);
		MissedTargetException.throwIfAny(
				(options.isSmall() && !options.isOnServices()) ? RecoveryCheck.findings(results) : results.broken());
	}

}
