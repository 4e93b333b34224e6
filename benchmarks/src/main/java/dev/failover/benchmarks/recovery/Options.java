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
 * What the command line says.
 *
 * @param plan how much is measured
 * @param contenders names of contenders, null for those of the plan
 * @param faults faults, null for those of the plan
 * @param repeat repetitions, null for those of the plan
 * @param window how long clients are watched after a fault
 * @param out directory of the report, null for that of the plan
 * @param render whether only the report is made again, from the JSON file
 */
record Options(RecoveryPlan plan, @Nullable List<String> contenders, @Nullable List<Fault> faults,
		@Nullable Integer repeat, Duration window, @Nullable String out, boolean render) {

	private static final Set<String> NAMES = Set.of("size", "contenders", "faults", "repeat", "window", "out",
			"render");

	/**
	 * Read options of the form {@code --name=value}.
	 */
	static Options of(List<String> arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			if (!parts[0].startsWith("--") || !NAMES.contains(parts[0].substring(2))) {
				throw new IllegalArgumentException("Unknown option '" + argument
						+ "': there are --size=full|small, --contenders=a,b, --faults=a,b, --repeat=n, "
						+ "--window=seconds, --out=directory and --render");
			}
			values.put(parts[0].substring(2), (parts.length > 1) ? parts[1] : "true");
		}
		String contenders = values.get("contenders");
		String faults = values.get("faults");
		String repeat = values.get("repeat");
		return new Options(RecoveryPlan.of(Size.valueOf(values.getOrDefault("size", "full").toUpperCase(Locale.ROOT))),
				(contenders != null) ? List.of(contenders.split(",")) : null,
				(faults != null) ? Stream.of(faults.split(",")).map(Fault::named).toList() : null,
				(repeat != null) ? Integer.valueOf(repeat) : null,
				Duration.ofSeconds(Long.parseLong(values.getOrDefault("window", "10"))), values.get("out"),
				Boolean.parseBoolean(values.get("render")));
	}

	/**
	 * Whether a contender is to be measured.
	 */
	boolean wants(String contender) {
		List<String> wanted = (this.contenders != null) ? this.contenders : this.plan.contenders();
		return wanted == null || wanted.contains(contender);
	}

	List<Fault> chosenFaults() {
		return (this.faults != null) ? this.faults : this.plan.faults();
	}

	/**
	 * Where the report goes: as the option says, else the system property
	 * {@code benchmarks.out}, else where the plan puts it.
	 */
	Path directory() {
		return Path.of((this.out != null) ? this.out : System.getProperty("benchmarks.out", this.plan.directory()));
	}

	int repetitions(String contender, Fault fault) {
		return (this.repeat != null) ? this.repeat : this.plan.repetitions(contender, fault);
	}

}
