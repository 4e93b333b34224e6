package dev.failover.embedded.test;

/**
 * Moment of a loss, relative to a statement or commit.
 */
enum Moment {

	/** The server has not received it. */
	BEFORE("before"),

	/** The server has executed it; its answer is lost. */
	IN("in"),

	/** The answer has arrived. */
	AFTER("after");

	private final String label;

	Moment(String label) {
		this.label = label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
