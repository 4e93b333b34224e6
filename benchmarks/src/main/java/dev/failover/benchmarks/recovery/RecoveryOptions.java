package dev.failover.benchmarks.recovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Size;
import org.jspecify.annotations.Nullable;

/**
 * Extent of the measurement, from the options of the command line.
 *
 * @param size size of the measurement
 * @param contenders names of the contenders, null for all
 * @param faults faults in order
 * @param repeat repetitions, null for the number of the size
 * @param window time for which clients are observed after a fault
 * @param steady time for which clients work before the first fault
 * @param directory directory of the results
 */
record RecoveryOptions(Size size, @Nullable List<String> contenders, List<Fault> faults, @Nullable Integer repeat,
		Duration window, Duration steady, Path directory) {

	/** The contender with the defaults of the starter. */
	static final String OURS = "ours";

	/** The best peer, which a small run compares with. */
	static final String PEER = "pgjdbc-tuned";

	private static final String BOUND = "informed";

	private static final Set<String> NAMES = Set.of("size", "contenders", "faults", "repeat", "window", "steady",
			"out");

	/** Repetitions of a contender that varies little, or that is compared closely. */
	private static final int SOME = 5;

	private static final int FEW = 3;

	private static final int LEAST = 2;

	private static final int MANY = 20;

	private static final int SERVICES = 10;

	/**
	 * Reads options of the form {@code --name=value}.
	 */
	static RecoveryOptions of(List<String> arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			if (parts.length < 2 || !parts[0].startsWith("--") || !NAMES.contains(parts[0].substring(2))) {
				throw new IllegalArgumentException(
						"Unknown option '" + argument + "': there are --size=full|small, --contenders=a,b, "
								+ "--faults=a,b, --repeat=n, --window=seconds, --steady=seconds and --out=directory");
			}
			values.put(parts[0].substring(2), parts[1]);
		}
		Size size = Size.valueOf(values.getOrDefault("size", "full").toUpperCase(Locale.ROOT));
		boolean small = size == Size.SMALL;
		String contenders = values.get("contenders");
		String faults = values.get("faults");
		String repeat = values.get("repeat");
		// only the results of a full run belong into the documentation
		String directory = small ? "benchmarks/target/recovery" : "docs/benchmarks";
		return new RecoveryOptions(size,
				(contenders != null) ? List.of(contenders.split(",")) : small ? List.of(OURS, PEER) : null,
				(faults != null) ? Stream.of(faults.split(",")).map(Fault::named).toList()
						: small ? List.of(Fault.KILL, Fault.FREEZE) : List.of(Fault.values()),
				(repeat != null) ? Integer.valueOf(repeat) : null,
				Duration.ofSeconds(Long.parseLong(values.getOrDefault("window", "10"))),
				Duration.ofSeconds(Long.parseLong(values.getOrDefault("steady", "1"))),
				Path.of(values.getOrDefault("out", System.getProperty("benchmarks.out", directory))));
	}

	/**
	 * Returns whether all faults are behind services.
	 */
	boolean isOnServices() {
		return this.faults.stream().allMatch(Fault::isBehindServices);
	}

	/**
	 * Returns the file of the results.
	 */
	Path file() {
		return this.directory.resolve(isOnServices() ? "services.json" : "recovery.json");
	}

	boolean isSmall() {
		return this.size == Size.SMALL;
	}

	boolean wants(String contender) {
		return this.contenders == null || this.contenders.contains(contender);
	}

	/**
	 * Returns the number of trials of a contender through a fault.
	 */
	int repetitions(String contender, Fault fault) {
		if (this.repeat != null) {
			return this.repeat;
		}
		if (isSmall()) {
			return (fault == Fault.KILL) ? FEW : LEAST;
		}
		return switch (fault) {
			case KILL, RESET -> contender.equals(OURS) || contender.equals(BOUND) ? MANY : SOME;
			case FREEZE, CUT -> contender.equals(OURS) ? MANY : contender.equals("ours-tuned") ? SOME : FEW;
			case FREEZE_LATE, CUT_LATE -> contender.equals(OURS) ? SOME : contender.startsWith(OURS) ? FEW : LEAST;
			case STOP, DEMOTION -> SOME;
			case SERVICE_SWITCHOVER, SERVICE_KILL -> SERVICES;
		};
	}

}
