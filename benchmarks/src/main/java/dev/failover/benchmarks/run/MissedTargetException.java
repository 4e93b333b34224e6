package dev.failover.benchmarks.run;

import java.util.List;

/**
 * What was measured is worse than it may be.
 */
public final class MissedTargetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public MissedTargetException(List<String> findings) {
		super(String.join(System.lineSeparator(), findings));
	}

}
