package dev.failover.benchmarks.scale;

import java.nio.file.Path;
import java.time.Instant;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.MissedTargetException;
import dev.failover.benchmarks.run.RawResults;
import dev.failover.benchmarks.run.Size;

/**
 * Measures fleets of instances on real servers, and writes {@code scale.json}.
 */
public final class Scale {

	private Scale() {
	}

	public static void run(Size size, Path out) throws Exception {
		boolean full = size == Size.FULL;
		ScaleResults results = new ScaleResults(Instant.now(), Machine.current(), size, ProbeCosts.measure(full),
				DetectionSpreads.measure(full ? 40 : 8), LoadedFailovers.measure(full ? 8 : 4));
		RawResults.write(out.resolve("scale.json"), results);
		MissedTargetException.throwIfAny(results.findings());
	}

}
