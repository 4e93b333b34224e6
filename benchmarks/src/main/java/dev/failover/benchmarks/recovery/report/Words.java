package dev.failover.benchmarks.recovery.report;

import java.util.Locale;
import java.util.Map;

import dev.failover.benchmarks.recovery.result.Spread;
import org.jspecify.annotations.Nullable;

/**
 * Words for figures and faults.
 */
final class Words {

	private static final double SECOND = 1000;

	private static final Map<String, String> FAULTS = Map.of("kill", "the primary is killed (SIGKILL)", "reset",
			"the primary is killed, as clients elsewhere see it: all connections are reset, and new ones", "stop",
			"the primary is stopped (fast shutdown)", "freeze", "the primary freezes (SIGSTOP)", "cut",
			"all bytes to and from the primary vanish", "freeze-late",
			"the primary freezes (SIGSTOP), the promotion is late", "cut-late",
			"all bytes to and from the primary vanish, the promotion is late", "demotion",
			"the primary is demoted: it comes back read-only while the mirror is promoted");

	private Words() {
	}

	/**
	 * What happens.
	 */
	static String fault(String name) {
		return FAULTS.getOrDefault(name, name);
	}

	/**
	 * A time; null is never.
	 */
	static String millis(@Nullable Double millis) {
		if (millis == null) {
			return "never";
		}
		return (Math.abs(millis) < SECOND) ? Math.round(millis) + " ms"
				: String.format(Locale.ROOT, "%.2f s", millis / SECOND);
	}

	/**
	 * A median with its least and greatest.
	 */
	static String times(Spread spread) {
		String median = millis(spread.median());
		return (spread.size() == 1) ? median
				: median + " (" + millis(spread.least()) + " – " + millis(spread.greatest()) + ")";
	}

	/**
	 * A median count with its least and greatest.
	 */
	static String counts(Spread spread) {
		String median = count(spread.median());
		return (spread.size() == 1 || count(spread.least()).equals(count(spread.greatest()))) ? median
				: median + " (" + count(spread.least()) + " – " + count(spread.greatest()) + ")";
	}

	private static String count(@Nullable Double count) {
		return (count != null) ? String.format(Locale.ROOT, "%.0f", count) : "–";
	}

}
