package dev.failover.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.failover.Node;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.monitor.FailoverSettings;
import dev.failover.internal.monitor.FailoverSettings.SwitchoverLimits;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;

/**
 * Maps properties to the settings of the engine.
 *
 * @param properties the properties
 */
record PropertyMapping(FailoverProperties properties) {

	boolean readsFromMirror() {
		return this.properties.getReads().getTarget() == FailoverProperties.Reads.Target.MIRROR;
	}

	DetectionSettings detection() {
		DetectionProperties detection = this.properties.getDetection();
		return new DetectionSettings(detection.getInterval(), detection.getTimeout(), detection.getFailureThreshold(),
				detection.getRetryInterval(), detection.getRecoveryThreshold(), detection.getQuery());
	}

	/**
	 * Returns the settings of the engine.
	 * @param dialect dialect of the nodes; without histories, nothing can be verified
	 * @param connectionTimeout longest time that a request waits for a connection; a
	 * promotion during a switchover must end within half of it
	 * @param witnesses URL of the cluster manager of each node that has one
	 */
	FailoverSettings settings(Dialect dialect, Duration connectionTimeout, Map<Node, URI> witnesses) {
		DetectionSettings detection = detection();
		PolicySettings policy = new PolicySettings(this.properties.getTopology(),
				this.properties.getReplication().getMaxLag(),
				this.properties.getReplication().isVerify() && dialect.tellsHistory(),
				this.properties.getFailback().getMode() == FailoverProperties.Failback.Mode.AUTOMATIC,
				this.properties.getFailback().getMinStay(),
				detection.interval().multipliedBy(detection.recoveryThreshold()), readsFromMirror(),
				this.properties.getReads().getMaxLag(),
				this.properties.getSplitBrain() == FailoverProperties.SplitBrain.NEWEST,
				detection.interval().plus(detection.timeout()));
		SwitchoverLimits switchover = new SwitchoverLimits(this.properties.getSwitchover().getDrainTimeout(),
				connectionTimeout.dividedBy(2));
		FailoverProperties.ReadOnly readOnly = this.properties.getReadOnly();
		return new FailoverSettings(detection, policy, new Unwritable(readOnly.getMode(), readOnly.getHoldFor()),
				this.properties.getDetection().getAbortGrace(), switchover, this.properties.getRecentChanges(),
				this.properties.getDrill().isEnabled(), witnesses);
	}

}
