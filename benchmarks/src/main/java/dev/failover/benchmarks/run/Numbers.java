package dev.failover.benchmarks.run;

import java.util.Locale;

/**
 * Writes numbers the same way everywhere.
 */
public final class Numbers {

	private Numbers() {
	}

	/**
	 * A number with that many decimals.
	 */
	public static String of(double value, int decimals) {
		String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
		return text.matches("-[0.,]+") ? text.substring(1) : text;
	}

}
