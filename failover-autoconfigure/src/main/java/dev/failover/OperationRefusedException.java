package dev.failover;

/**
 * Thrown when an operation cannot be carried out now. The message says why, and what to
 * do.
 */
public final class OperationRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public OperationRefusedException(String reason) {
		super(reason);
	}

}
