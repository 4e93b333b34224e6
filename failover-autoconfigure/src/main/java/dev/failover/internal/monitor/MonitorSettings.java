package dev.failover.internal.monitor;

import java.time.Duration;

import dev.failover.internal.policy.PolicySettings;

/**
 * How the monitor works.
 *
 * @param policy what the policy decides by
 * @param interval longest time between two looks at what is known
 * @param detectionBudget longest time from the loss of a node to the new route, as shown
 * @param abortGrace how long work in flight on a node that the route has left may go on
 * @param drainTimeout how long a switchover lets work in flight go on
 * @param promotionTimeout how long a switchover then waits for the target to take writes
 * @param recentChanges transitions kept
 */
public record MonitorSettings(PolicySettings policy, Duration interval, Duration detectionBudget, Duration abortGrace,
		Duration drainTimeout, Duration promotionTimeout, int recentChanges) {
}
