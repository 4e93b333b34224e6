package dev.failover.internal.detection;

/**
 * What a node's breaker is told when a probe failed.
 */
final class ProbeFailedException extends Exception {

	private static final long serialVersionUID = 1L;

	ProbeFailedException(String message) {
		super(message, null, false, false);
	}

}
