package dev.failover.benchmarks.recovery;

import java.util.List;
import java.util.Locale;

import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.run.Size;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param size the size
 * @param contenders contenders to measure, null for all
 * @param faults faults that they go through
 * @param directory where the report goes: only a full one belongs into the documentation
 */
record RecoveryPlan(Size size, @Nullable List<String> contenders, List<Fault> faults, String directory) {

	private static final String OURS = "ours";

	/** What no client can beat: beside it a kill is judged. */
	private static final String BOUND = "informed";

	private static final String PGJDBC = "pgjdbc-tuned";

	/** Who was never whole so often will not be the next time either. */
	private static final int HOPELESS = 2;

	/** Repetitions where runs differ little, or where many contenders are close. */
	private static final int SOME = 5;

	/** The least repetitions of anybody. */
	private static final int LEAST = 2;

	static RecoveryPlan of(Size size) {
		return switch (size) {
			case FULL -> new RecoveryPlan(size, null, List.of(Fault.values()), "docs/benchmarks");
			case SMALL -> new RecoveryPlan(size, List.of(OURS, PGJDBC), List.of(Fault.KILL, Fault.FREEZE),
					"benchmarks/target/recovery");
		};
	}

	/**
	 * How often a contender goes through a fault.
	 */
	int repetitions(String contender, Fault fault) {
		if (this.size == Size.SMALL) {
			return (fault == Fault.KILL) ? 3 : 2;
		}
		return switch (fault) {
			case KILL, RESET -> contender.equals(OURS) || contender.equals(BOUND) ? 20 : SOME;
			case FREEZE, CUT -> contender.equals(OURS) ? 20 : contender.equals("ours-tuned") ? SOME : 3;
			case FREEZE_LATE, CUT_LATE -> contender.equals(OURS) ? SOME : contender.startsWith(OURS) ? 3 : LEAST;
			case STOP, DEMOTION -> SOME;
		};
	}

	/**
	 * Whether a contender has shown that it never is whole: each further run would last
	 * the whole window and say the same.
	 */
	static boolean isHopeless(List<Sample> samples) {
		return samples.size() >= HOPELESS && samples.stream()
			.allMatch((sample) -> sample.reads().whole() == null && sample.writes().whole() == null);
	}

	String word() {
		return this.size.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What is wrong with a result.
	 */
	List<String> check(Result result) {
		return (this.size == Size.SMALL) ? Checks.check(result) : result.broken();
	}

}
