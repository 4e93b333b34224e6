package dev.failover;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How true and how old the copy on a node is, as of one sample.
 *
 * @param verified whether the node is known to replicate the current leader
 * @param lag age of its data behind the leader's; null if it could not be read
 * @param lagBytes distance behind the leader in bytes of log; null if it could not be
 * read
 * @param sampledAt when it was sampled
 * @param synchronous whether the leader waits for it before it acknowledges a commit
 * @param problem why it is not verified, or null
 */
public record Replication(boolean verified, @Nullable Duration lag, @Nullable Long lagBytes, Instant sampledAt,
		boolean synchronous, @Nullable String problem) {

	public Replication {
		problem = Redaction.redact(problem);
	}

	/**
	 * Whether the lag is known and within the limit.
	 */
	public boolean within(Duration maxLag) {
		return this.lag != null && this.lag.compareTo(maxLag) <= 0;
	}

	/**
	 * Whether the data was at most that old at the given moment: its lag plus the age of
	 * the sample.
	 */
	public boolean within(Duration maxLag, Instant at) {
		if (this.lag == null) {
			return false;
		}
		Duration age = Duration.between(this.sampledAt, at);
		Duration total = age.isNegative() ? this.lag : this.lag.plus(age);
		return total.compareTo(maxLag) <= 0;
	}

}
