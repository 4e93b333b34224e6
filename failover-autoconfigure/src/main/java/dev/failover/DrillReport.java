package dev.failover;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a drill has shown.
 *
 * @param node the node whose loss was rehearsed
 * @param fault what was rehearsed
 * @param duration how long
 * @param timeToDetect time from the fault's beginning to the first route without the node
 * for writes, as the monitor's history has it; null if the route never left it
 * @param timeToSwitch time from the fault's beginning until another node took writes;
 * null if none did
 * @param callsFailed errors in traffic that told of a lost node or a refused write, and
 * requests that found no node
 * @param callsHeld requests that waited for another route: those that were served, and
 * those that waited still when the fault ended
 * @param routeChanges how often the route changed, the return included only if it came
 * before the end
 */
public record DrillReport(Node node, DrillFault fault, Duration duration, @Nullable Duration timeToDetect,
		@Nullable Duration timeToSwitch, long callsFailed, long callsHeld, int routeChanges) {
}
