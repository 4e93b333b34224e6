package dev.failover.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.MissedTargetException;
import dev.failover.benchmarks.run.RawResults;
import dev.failover.benchmarks.run.Size;

/**
 * Measures fleets of instances on real servers, and writes {@code scale.json} and
 * {@code scale.md}.
 */
public final class Scale {

	/** A starved instance may find the mirror late, and so move twice. */
	private static final int MOST_CHANGES = 2;

	/** Seconds that two renewals of each login fall into. */
	private static final int RENEWALS = 66;

	private static final String RAW = "scale.json";

	private Scale() {
	}

	/**
	 * Run this part.
	 */
	public static void run(Size size, Path out) throws Exception {
		boolean full = size == Size.FULL;
		ScaleResults results = new ScaleResults(Instant.now(), Machine.current(), size,
				new ProbeCosts(full ? RENEWALS : 5).measure(full ? List.of(1, 8, 32) : List.of(4)),
				new DetectionSpreads(full ? 40 : 8).measure(), new Herds(full ? 8 : 4).measure());
		RawResults.write(out.resolve(RAW), results);
		write(out, results);
		List<String> findings = findings(results);
		if (!findings.isEmpty()) {
			throw new MissedTargetException(findings);
		}
	}

	/**
	 * Make the page again from the raw results.
	 */
	public static void render(Path out) throws IOException {
		write(out, RawResults.read(out.resolve(RAW), ScaleResults.class));
	}

	private static void write(Path out, ScaleResults results) throws IOException {
		Files.writeString(out.resolve("scale.md"), new ScalePage(results).render());
	}

	/**
	 * Whatever the machine: no instance flaps, and all of them come to work again.
	 */
	static List<String> findings(ScaleResults results) {
		List<String> findings = new ArrayList<>();
		for (DetectionSpread spread : results.spreads()) {
			if (spread.changes() > MOST_CHANGES * spread.instances()) {
				findings.add(spread.instances() + " instances changed their routes " + spread.changes()
						+ " times after one " + spread.fault());
			}
		}
		for (Herd herd : results.herds()) {
			if (herd.firstMillis() < 0) {
				findings.add("Not every instance came to work again (" + herd.what() + ")");
			}
			if (herd.changes() > MOST_CHANGES * herd.instances()) {
				findings.add(herd.instances() + " instances changed their routes " + herd.changes() + " times ("
						+ herd.what() + ")");
			}
		}
		return findings;
	}

}
