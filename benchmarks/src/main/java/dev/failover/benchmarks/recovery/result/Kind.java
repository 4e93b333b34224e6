package dev.failover.benchmarks.recovery.result;

import java.util.Locale;

/**
 * What a client does.
 */
public enum Kind {

	READS, WRITES;

	/**
	 * The word for readers.
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
