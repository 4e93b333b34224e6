package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.Locale;

/**
 * Formats durations for findings.
 */
final class Durations {

	private Durations() {
	}

	/**
	 * Returns a duration in whole seconds, rounded up, at least 1.
	 */
	static long wholeSeconds(Duration duration) {
		return Math.max(1, duration.plusMillis(999).toSeconds());
	}

	/**
	 * Returns a text such as {@code 1.75 s} or {@code 250 ms}.
	 */
	static String text(Duration duration) {
		long millis = duration.toMillis();
		return (millis < 1_000) ? millis + " ms"
				: String.format(Locale.ROOT, "%.2f", millis / 1_000.0).replaceFirst("\\.?0+$", "") + " s";
	}

}
