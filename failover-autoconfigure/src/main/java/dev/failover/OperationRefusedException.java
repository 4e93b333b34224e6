package dev.failover;

/**
 * Thrown when an operation cannot be carried out now. The message contains the reason and
 * the remedy.
 */
public final class OperationRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public OperationRefusedException(String reason) {
		super(reason);
	}

}
