package dev.failover.internal.detection;

import java.time.Duration;

/**
 * How long a probe may stay silent before a confirming one starts beside it: clearly
 * longer than this node's answers usually take, so that a node far away is not asked
 * twice each time, and one nearby is not waited for in vain.
 * <p>
 * The estimate is the one by which TCP finds when to repeat a segment (RFC 6298, section
 * 2): smoothed time plus four times its smoothed deviation. It is kept from a tenth to a
 * quarter of the deadline; a quarter as long as nothing is known. Confined to one thread.
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
	 * A probe on the kept connection was answered.
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
	 * How long silence is usual.
	 */
	Duration current() {
		if (!this.known) {
			return this.most;
		}
		Duration usual = Duration.ofNanos((long) (this.time + DEVIATIONS * this.deviation));
		return NodeProber.clamp(usual, this.least, this.most);
	}

}
