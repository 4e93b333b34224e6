package dev.failover.autoconfigure;

import java.time.Duration;

/**
 * Configuration under {@code failover.replication}: what is asked of replication.
 */
public final class ReplicationProperties {

	/**
	 * A mirror whose data is older than this, or of unknown age, takes no work.
	 */
	private Duration maxLag = Duration.ofSeconds(10);

	/**
	 * Whether to refuse a mirror that is not known to replicate this primary.
	 */
	private boolean verify = true;

	public Duration getMaxLag() {
		return this.maxLag;
	}

	public void setMaxLag(Duration maxLag) {
		PropertyRange.of("failover.replication.max-lag").atLeast(maxLag, Duration.ZERO);
		this.maxLag = maxLag;
	}

	public boolean isVerify() {
		return this.verify;
	}

	public void setVerify(boolean verify) {
		this.verify = verify;
	}

}
