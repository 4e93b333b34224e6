package dev.failover;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * State of a node as a follower of the leader, as of one sample.
 *
 * @param verified whether the node is known to replicate the current leader
 * @param lag age of its data behind the leader's; null if unknown
 * @param behind distance behind the leader, counted in the unit of the dialect's log
 * positions; null if unknown
 * @param sampledAt time of the sample
 * @param synchronous whether the leader waits for the node before it acknowledges a
 * commit
 * @param problem reason why the node is not verified or its lag is not known, or null
 */
public record Replication(boolean verified, @Nullable Duration lag, @Nullable Long behind, Instant sampledAt,
		boolean synchronous, @Nullable String problem) {

	public Replication {
		problem = Redaction.redact(problem);
	}

	/**
	 * Returns whether the lag is known and within the limit.
	 */
	public boolean isWithin(Duration maxLag) {
		return this.lag != null && this.lag.compareTo(maxLag) <= 0;
	}

	/**
	 * Returns whether the data was within the limit at the given moment, where the age of
	 * the sample counts as lag.
	 */
	public boolean isWithin(Duration maxLag, Instant at) {
		Duration lag = lagAt(at);
		return lag != null && lag.compareTo(maxLag) <= 0;
	}

	/**
	 * Returns the lag at the given moment, where the age of the sample counts as lag, or
	 * null if the lag is unknown.
	 */
	public @Nullable Duration lagAt(Instant at) {
		if (this.lag == null) {
			return null;
		}
		Duration age = Duration.between(this.sampledAt, at);
		return age.isNegative() ? this.lag : this.lag.plus(age);
	}

}
