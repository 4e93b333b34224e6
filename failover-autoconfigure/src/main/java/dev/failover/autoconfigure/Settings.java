package dev.failover.autoconfigure;

import java.time.Duration;

import dev.failover.autoconfigure.FailoverProperties.FailbackMode;
import dev.failover.autoconfigure.FailoverProperties.ReadsTarget;
import dev.failover.detection.DetectionSettings;
import dev.failover.monitor.MonitorSettings;
import dev.failover.monitor.PolicySettings;
import dev.failover.routing.ReadOnlyMode;

/**
 * Translates properties into what the parts need.
 *
 * @param properties the properties
 */
record Settings(FailoverProperties properties) {

	boolean readsFromMirror() {
		return this.properties.reads().target() == ReadsTarget.MIRROR;
	}

	/**
	 * Whether connections must know if their transaction only reads.
	 */
	boolean distinguishesReads() {
		return readsFromMirror() || this.properties.readOnly().mode() != ReadOnlyMode.SERVE;
	}

	DetectionSettings detection() {
		FailoverProperties.Detection detection = this.properties.detection();
		return new DetectionSettings(detection.interval(), detection.timeout(), detection.failureThreshold(),
				detection.retryInterval(), detection.recoveryThreshold(), detection.query());
	}

	/**
	 * Settings of the monitor.
	 * @param connectionTimeout how long a request waits for a connection: a promotion
	 * during a switchover must come within half of it
	 */
	MonitorSettings monitor(DetectionSettings detection, Duration connectionTimeout) {
		PolicySettings policy = new PolicySettings(this.properties.topology(), this.properties.replication().maxLag(),
				this.properties.replication().verify(), this.properties.failback().mode() == FailbackMode.AUTOMATIC,
				this.properties.failback().minStay(), detection.interval().multipliedBy(detection.recoveryThreshold()),
				readsFromMirror(), this.properties.reads().maxLag(), detection.interval().plus(detection.timeout()));
		return new MonitorSettings(policy, detection.interval(), detection.budget(),
				this.properties.detection().abortGrace(), this.properties.switchover().drainTimeout(),
				connectionTimeout.dividedBy(2), this.properties.historySize());
	}

}
