package dev.failover.benchmarks.recovery;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 */
enum Size {

	/** The whole matrix. */
	FULL(null, List.of(Fault.values()), "docs/benchmarks"),

	/** Enough to keep the harness alive and to see a ratio worsen. */
	SMALL(List.of("ours", "pgjdbc-tuned"), List.of(Fault.KILL, Fault.FREEZE), "benchmarks/target/recovery");

	/** Repetitions of the one figure that a single run can miss most. */
	private static final int KILLS = 20;

	private final @Nullable List<String> contenders;

	private final List<Fault> faults;

	private final String directory;

	Size(@Nullable List<String> contenders, List<Fault> faults, String directory) {
		this.contenders = contenders;
		this.faults = faults;
		this.directory = directory;
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
	 * Where the report goes: only a full one belongs into the documentation.
	 */
	String directory() {
		return this.directory;
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
		return contender.startsWith("ours") ? 3 : 2;
	}

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
