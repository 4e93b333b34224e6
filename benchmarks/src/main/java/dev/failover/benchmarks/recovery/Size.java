package dev.failover.benchmarks.recovery;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 */
enum Size {

	/** The whole matrix. */
	FULL(null, List.of(Fault.values())),

	/** Enough to keep the harness alive and to see a ratio worsen. */
	SMALL(List.of("ours", "pgjdbc-tuned"), List.of(Fault.KILL, Fault.FREEZE));

	/** Repetitions of the one figure that a single run can miss most. */
	private static final int KILLS = 20;

	private final @Nullable List<String> contenders;

	private final List<Fault> faults;

	Size(@Nullable List<String> contenders, List<Fault> faults) {
		this.contenders = contenders;
		this.faults = faults;
	}

	/**
	 * Contenders to measure, null for all.
	 */
	@Nullable List<String> contenders() {
		return this.contenders;
	}

	List<Fault> faults() {
		return this.faults;
	}

	/**
	 * How often a contender goes through a fault.
	 */
	int repetitions(String contender, Fault fault) {
		if (this == SMALL) {
			return (fault == Fault.KILL && contender.equals("ours")) ? 3 : 1;
		}
		if (contender.equals("ours")) {
			return (fault == Fault.KILL) ? KILLS : 5;
		}
		return 3;
	}

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
