package dev.failover.internal.detection;

import dev.failover.BreakerState;
import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.dialect.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one probe, and the state of the breaker after it.
 *
 * @param node the node that was asked
 * @param probe when, how long, verdict and error
 * @param reading what the node said, or null if it did not answer
 * @param breaker state of its breaker, the outcome recorded
 * @param firstBadSignal {@link System#nanoTime()} of the first suspicion or failure not
 * yet followed by a good answer; 0 when there is none
 */
public record ProbeResult(Node node, Probe probe, @Nullable Reading reading, BreakerState breaker,
		long firstBadSignal) {
}
