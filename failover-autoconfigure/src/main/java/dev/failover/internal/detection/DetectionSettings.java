package dev.failover.internal.detection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How nodes are probed.
 *
 * @param interval period of probes
 * @param timeout hard deadline of one probe
 * @param failureThreshold failed probes in a row that open a breaker
 * @param retryInterval pause before a probe that follows a failure or a suspicion
 * @param recoveryThreshold good probes in a row that close it
 * @param query query asked in addition to the dialect's, or null
 */
public record DetectionSettings(Duration interval, Duration timeout, int failureThreshold, Duration retryInterval,
		int recoveryThreshold, @Nullable String query) {

	/**
	 * Part of the deadline after which a confirming probe starts beside a silent one at
	 * the latest.
	 */
	private static final int OVERLAP = 4;

	/**
	 * When the next probe starts beside one that stays silent, at the latest.
	 */
	Duration overlap() {
		return this.timeout.dividedBy(OVERLAP);
	}

	/**
	 * Longest time from the loss of a node to its breaker opening. A node that usually
	 * answers sooner than in a quarter of the deadline is known to be lost sooner.
	 */
	public Duration budget() {
		return this.interval.plus(this.timeout).plus(overlap().multipliedBy(this.failureThreshold - 1L));
	}

}
