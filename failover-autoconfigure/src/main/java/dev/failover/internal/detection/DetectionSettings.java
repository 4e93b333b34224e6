package dev.failover.internal.detection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the probes.
 *
 * @param interval period of probes
 * @param timeout hard deadline of one probe
 * @param failureThreshold failed probes in a row that open a breaker
 * @param retryInterval pause before a probe that follows a failure or a suspicion
 * @param recoveryThreshold good probes in a row that close it
 * @param query query executed in addition to the dialect's, or null
 */
public record DetectionSettings(Duration interval, Duration timeout, int failureThreshold, Duration retryInterval,
		int recoveryThreshold, @Nullable String query) {

	/**
	 * Divisor of the deadline that gives the latest start of a confirming probe beside a
	 * silent one.
	 */
	private static final int OVERLAP = 4;

	/**
	 * Returns the longest silence after which a confirming probe starts beside the silent
	 * one.
	 */
	Duration overlap() {
		return this.timeout.dividedBy(OVERLAP);
	}

	/**
	 * Returns the detection budget: the longest time from the loss of a node until its
	 * breaker opens. The loss of a node that usually answers within a quarter of the
	 * deadline is detected sooner.
	 */
	public Duration budget() {
		return this.interval.plus(this.timeout).plus(overlap().multipliedBy(this.failureThreshold - 1L));
	}

}
