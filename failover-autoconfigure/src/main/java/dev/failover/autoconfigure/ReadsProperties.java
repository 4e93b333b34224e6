package dev.failover.autoconfigure;

import java.time.Duration;

/**
 * Configuration under {@code failover.reads}: where work that only reads goes.
 */
public final class ReadsProperties {

	/**
	 * 'primary', or 'mirror' to send read-only transactions to the mirror while it is fit
	 * for them.
	 */
	private Target target = Target.PRIMARY;

	/**
	 * A mirror whose lag is larger serves no reads beside the primary.
	 */
	private Duration maxLag = Duration.ofSeconds(1);

	public Target getTarget() {
		return this.target;
	}

	public void setTarget(Target target) {
		this.target = target;
	}

	public Duration getMaxLag() {
		return this.maxLag;
	}

	public void setMaxLag(Duration maxLag) {
		PropertyRange.of("failover.reads.max-lag").atLeast(maxLag, Duration.ZERO);
		this.maxLag = maxLag;
	}

	/**
	 * Where work that only reads goes.
	 */
	public enum Target {

		/** Where writes go. */
		PRIMARY,

		/** To the mirror while it is fit for them. */
		MIRROR

	}

}
