package dev.failover;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Result of a drill.
 *
 * @param node the node whose loss was rehearsed
 * @param fault the rehearsed fault
 * @param duration time for which the fault lasted
 * @param timeToDetect time from the start of the fault to the first route that sends no
 * writes to the node; null if the route never left it
 * @param timeToSwitch time from the start of the fault until another node took writes;
 * null if none did
 * @param callsFailed errors in traffic that mean a lost node or a refused write, and
 * requests for which there was no node
 * @param callsHeld requests that waited for another route: those that were served, and
 * those that still waited when the fault ended
 * @param routeChanges number of changes of the route, the return included only if it came
 * before the end
 */
public record DrillReport(Node node, DrillFault fault, Duration duration, @Nullable Duration timeToDetect,
		@Nullable Duration timeToSwitch, long callsFailed, long callsHeld, int routeChanges) {
}
