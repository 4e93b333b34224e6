package dev.failover.benchmarks.recovery;

import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.PromiseCheck;
import dev.failover.benchmarks.recovery.result.RatioCheck;
import dev.failover.benchmarks.recovery.result.Result;

/**
 * What a small run is held to.
 */
final class Checks {

	/**
	 * A frozen server: ours is told by its probes, pgjdbc by its socket time-out of 2 s.
	 * Ratio when it was written: 0.6; a quarter above one leaves room for a busy machine.
	 */
	private static final double FREEZE = 1.25;

	/**
	 * A killed server: both are told by the operating system, within tens of
	 * milliseconds, of which one of bad luck makes a multiple.
	 */
	private static final double KILL = 5;

	private static final List<RatioCheck> RATIOS = List.of(
			new RatioCheck("ours", "pgjdbc-tuned", "freeze", Kind.READS, FREEZE),
			new RatioCheck("ours", "pgjdbc-tuned", "freeze", Kind.WRITES, FREEZE),
			new RatioCheck("ours", "pgjdbc-tuned", "kill", Kind.READS, KILL),
			new RatioCheck("ours", "pgjdbc-tuned", "kill", Kind.WRITES, FREEZE));

	private Checks() {
	}

	/**
	 * What is wrong with a result.
	 */
	static List<String> check(Result result) {
		List<String> wrong = new ArrayList<>(result.broken());
		RATIOS.forEach((ratio) -> ratio.check(result).ifPresent(wrong::add));
		wrong.addAll(new PromiseCheck("ours").check(result));
		return wrong;
	}

}
