package dev.failover.internal.detection;

import java.time.Duration;

/**
 * Estimates the round trip of probes. From it follows the silence after which a
 * confirming probe starts beside the silent one: clearly longer than this node's answers
 * usually take, so that a distant node is not asked twice each time, but short for a near
 * one.
 * <p>
 * The estimate is TCP's retransmission time-out (RFC 6298, section 2): smoothed round
 * trip plus four times its smoothed deviation, bounded by a tenth and a quarter of the
 * deadline. It is a quarter before the first answer. Confined to one thread.
 */
final class RoundTripEstimator {

	private static final int LEAST_PART = 10;

	private static final double TIME_GAIN = 1.0 / 8;

	private static final double DEVIATION_GAIN = 1.0 / 4;

	private static final int DEVIATIONS = 4;

	private final Duration least;

	private final Duration most;

	private double time;

	private double deviation;

	private boolean known;

	RoundTripEstimator(DetectionSettings settings) {
		this.least = settings.timeout().dividedBy(LEAST_PART);
		this.most = settings.overlap();
	}

	/**
	 * Records the round trip of a probe on the kept connection.
	 */
	void answered(Duration took) {
		double nanos = took.toNanos();
		if (this.known) {
			this.deviation += DEVIATION_GAIN * (Math.abs(nanos - this.time) - this.deviation);
			this.time += TIME_GAIN * (nanos - this.time);
		}
		else {
			this.known = true;
			this.time = nanos;
			this.deviation = nanos / 2;
		}
	}

	/**
	 * Returns the longest silence that is usual.
	 */
	Duration current() {
		if (!this.known) {
			return this.most;
		}
		Duration usual = Duration.ofNanos((long) (this.time + DEVIATIONS * this.deviation));
		return NodeProber.clamp(usual, this.least, this.most);
	}

}
