package dev.failover.benchmarks.run;

import java.util.List;

/**
 * Thrown when a figure is worse than its limit.
 */
public final class MissedTargetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private MissedTargetException(List<String> findings) {
		super(String.join(System.lineSeparator(), findings));
	}

	public static void throwIfAny(List<String> findings) {
		if (!findings.isEmpty()) {
			throw new MissedTargetException(findings);
		}
	}

}
