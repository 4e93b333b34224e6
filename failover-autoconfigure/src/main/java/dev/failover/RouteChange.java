package dev.failover;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Change of the route, for the endpoint and the log.
 *
 * @param epoch number of the new route
 * @param at time at which it was published
 * @param mode mode of the new route
 * @param from node that took writes before, or null
 * @param to node that takes writes now, or null
 * @param cause reason for the change
 * @param evidence observations that led to the change, in a sentence
 * @param detection time from the first bad signal to the new route; null where no signal
 * preceded it
 * @param abortedConnections connections in use on nodes that the route left, aborted
 */
public record RouteChange(long epoch, Instant at, Mode mode, @Nullable Node from, @Nullable Node to, Cause cause,
		String evidence, @Nullable Duration detection, int abortedConnections) {

	public RouteChange {
		evidence = Redaction.redactText(evidence);
	}

}
