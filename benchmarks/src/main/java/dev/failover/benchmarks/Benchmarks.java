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
import dev.failover.benchmarks.run.Part;
import dev.failover.benchmarks.run.Size;
import dev.failover.benchmarks.scale.Scale;
import dev.failover.benchmarks.startup.Startup;

/**
 * Runs the parts of the benchmarks that are named, or {@code all}, and writes their raw
 * results and pages. {@code --size=small} or {@code --size=full}, which is the default.
 * {@code --render} makes the pages again from the raw results. {@code recovery} alone
 * takes options of its own.
 */
public final class Benchmarks {

	private static final String SIZE = "--size=";

	private static final String ALL = "all";

	private static final String RECOVERY = "recovery";

	private static final String RENDER = "--render";

	private static final Map<String, Part> PARTS = new LinkedHashMap<>();

	private static final Map<String, Rendering> RENDERINGS = Map.of("overhead", Overhead::render, "startup",
			Startup::render, "scale", Scale::render, RECOVERY, (out) -> recovery(List.of(RENDER, "--out=" + out)));

	static {
		PARTS.put("overhead", Overhead::run);
		PARTS.put("startup", Startup::run);
		PARTS.put("scale", Scale::run);
		PARTS.put(RECOVERY, (size, out) -> recovery(List.of(SIZE + size.name())));
	}

	private Benchmarks() {
	}

	public static void main(String[] arguments) {
		try {
			run(arguments);
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

	private static void run(String[] arguments) throws Exception {
		if (arguments.length > 0 && arguments[0].equals(RECOVERY)) {
			recovery(List.of(arguments).subList(1, arguments.length));
			return;
		}
		Size size = Size.FULL;
		boolean render = false;
		List<String> names = new ArrayList<>();
		for (String argument : arguments) {
			if (argument.startsWith(SIZE)) {
				size = Size.valueOf(argument.substring(SIZE.length()).toUpperCase(Locale.ROOT));
			}
			else if (argument.equals(RENDER)) {
				render = true;
			}
			else {
				names.addAll(argument.equals(ALL) ? PARTS.keySet() : List.of(argument));
			}
		}
		if (names.isEmpty() || !PARTS.keySet().containsAll(names)) {
			throw new IllegalArgumentException("Name what to run, of " + PARTS.keySet() + " or all; not " + names);
		}
		Path out = Path.of(System.getProperty("benchmarks.out", "docs/benchmarks"));
		if (render) {
			for (String name : names) {
				Objects.requireNonNull(RENDERINGS.get(name)).render(out);
			}
			return;
		}
		measure(names, size, out);
	}

	/**
	 * Every part runs, whatever another one found.
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
		if (!missed.isEmpty()) {
			throw new MissedTargetException(missed);
		}
	}

	private static void recovery(List<String> options) throws Exception {
		List<String> wrong = Recovery.run(options);
		if (!wrong.isEmpty()) {
			throw new MissedTargetException(wrong);
		}
	}

	/**
	 * Makes pages again.
	 */
	@FunctionalInterface
	private interface Rendering {

		void render(Path out) throws Exception;

	}

}
