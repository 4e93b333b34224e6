package dev.failover.autoconfigure;

import dev.failover.autoconfigure.FailoverProperties.FailbackMode;
import dev.failover.detection.DetectionSettings;
import dev.failover.monitor.MonitorSettings;
import dev.failover.monitor.PolicySettings;

/**
 * Translates properties into what the parts need.
 *
 * @param properties the properties
 */
record Settings(FailoverProperties properties) {

	DetectionSettings detection() {
		FailoverProperties.Detection detection = this.properties.detection();
		return new DetectionSettings(detection.interval(), detection.timeout(), detection.failureThreshold(),
				detection.retryInterval(), detection.recoveryThreshold(), detection.query());
	}

	MonitorSettings monitor(DetectionSettings detection) {
		PolicySettings policy = new PolicySettings(this.properties.topology(), this.properties.replication().maxLag(),
				this.properties.replication().verify(), this.properties.failback().mode() == FailbackMode.AUTOMATIC,
				this.properties.failback().minStay(), detection.interval().multipliedBy(detection.recoveryThreshold()));
		return new MonitorSettings(policy, detection.interval(), detection.budget(),
				this.properties.detection().abortGrace(), this.properties.historySize());
	}

}
