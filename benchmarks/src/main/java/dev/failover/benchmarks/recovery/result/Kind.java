package dev.failover.benchmarks.recovery.result;

import java.util.Locale;

/**
 * Kind of a client: it reads or it writes.
 */
public enum Kind {

	READS, WRITES;

	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
