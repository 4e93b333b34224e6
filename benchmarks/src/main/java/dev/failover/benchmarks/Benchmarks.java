package dev.failover.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.failover.benchmarks.overhead.Overhead;
import dev.failover.benchmarks.recovery.Recovery;
import dev.failover.benchmarks.run.MissedTargetException;
import dev.failover.benchmarks.run.Size;
import dev.failover.benchmarks.scale.Scale;
import dev.failover.benchmarks.startup.Startup;

/**
 * Runs the named parts of the benchmarks, or {@code all}, and writes their results as
 * JSON. The size is {@code --size=small} or {@code --size=full}, the default. The part
 * {@code recovery}, named first, takes options of its own.
 */
public final class Benchmarks {

	private static final String SIZE = "--size=";

	private static final String ALL = "all";

	private static final String RECOVERY = "recovery";

	private static final Map<String, Part> PARTS = new LinkedHashMap<>();

	static {
		PARTS.put("overhead", Overhead::run);
		PARTS.put("startup", Startup::run);
		PARTS.put("scale", Scale::run);
		PARTS.put(RECOVERY, (size, out) -> Recovery.run(List.of(SIZE + size.name())));
	}

	private Benchmarks() {
	}

	public static void main(String[] arguments) {
		try {
			run(List.of(arguments));
			System.exit(0);
		}
		catch (MissedTargetException ex) {
			System.err.println("A target is missed:" + System.lineSeparator() + ex.getMessage());
		}
		catch (Exception | LinkageError ex) {
			ex.printStackTrace();
		}
		System.exit(1);
	}

	private static void run(List<String> arguments) throws Exception {
		if (!arguments.isEmpty() && arguments.get(0).equals(RECOVERY)) {
			Recovery.run(arguments.subList(1, arguments.size()));
			return;
		}
		Size size = Size.FULL;
		List<String> names = new ArrayList<>();
		for (String argument : arguments) {
			if (argument.startsWith(SIZE)) {
				size = Size.valueOf(argument.substring(SIZE.length()).toUpperCase(Locale.ROOT));
			}
			else {
				names.addAll(argument.equals(ALL) ? PARTS.keySet() : List.of(argument));
			}
		}
		if (names.isEmpty() || !PARTS.keySet().containsAll(names)) {
			throw new IllegalArgumentException(
					"Unknown parts " + names + ": name some of " + PARTS.keySet() + ", or all");
		}
		measure(names, size, Path.of(System.getProperty("benchmarks.out", "docs/benchmarks")));
	}

	/**
	 * Runs every part, even if an earlier one missed a target.
	 */
	private static void measure(List<String> names, Size size, Path out) throws Exception {
		List<String> missed = new ArrayList<>();
		for (String name : names) {
			try {
				Objects.requireNonNull(PARTS.get(name)).run(size, out);
			}
			catch (MissedTargetException ex) {
				missed.add(String.valueOf(ex.getMessage()));
			}
		}
		MissedTargetException.throwIfAny(missed);
	}

	/**
	 * A part of the benchmarks.
	 */
	@FunctionalInterface
	private interface Part {

		/**
		 * Measures, and writes the results to a directory.
		 * @throws MissedTargetException if a figure is worse than its limit
		 */
		void run(Size size, Path out) throws Exception;

	}

}
