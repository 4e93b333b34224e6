package dev.failover;

/**
 * An operator's request cannot be carried out now; the message says why, and what to do.
 */
public final class OperationRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public OperationRefusedException(String reason) {
		super(reason);
	}

}
