package dev.failover.internal.policy.exploration;

/**
 * Settings of the product under which a scenario is explored.
 */
enum Variant {

	/** The defaults. */
	DEFAULT(true, false),

	/** Writes follow the newest of several writable servers. */
	NEWEST(true, true),

	/** Nothing is verified. */
	UNVERIFIED(false, false);

	private final boolean verify;

	private final boolean followNewest;

	Variant(boolean verify, boolean followNewest) {
		this.verify = verify;
		this.followNewest = followNewest;
	}

	boolean verify() {
		return this.verify;
	}

	boolean followNewest() {
		return this.followNewest;
	}

}
