package dev.failover.internal.monitor;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.failover.Node;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;

/**
 * Settings of the engine.
 *
 * @param detection settings of the probes
 * @param policy settings of the policy
 * @param unwritable treatment of requests while no node accepts writes
 * @param abortGrace time for which work in flight on a lost node may continue after the
 * route has left it
 * @param switchover time limits of a switchover
 * @param recentChanges number of route changes that are kept
 * @param drills whether drills are allowed
 * @param witnesses URL of the cluster manager of each node that has one
 */
public record FailoverSettings(DetectionSettings detection, PolicySettings policy, Unwritable unwritable,
		Duration abortGrace, SwitchoverLimits switchover, int recentChanges, boolean drills, Map<Node, URI> witnesses) {

	public FailoverSettings {
		witnesses = Map.copyOf(witnesses);
	}

	/**
	 * Time limits of a switchover.
	 *
	 * @param drain longest time for which work in flight may continue
	 * @param promotion longest time for which the target may take to accept writes after
	 * that
	 */
	public record SwitchoverLimits(Duration drain, Duration promotion) {

	}

}
