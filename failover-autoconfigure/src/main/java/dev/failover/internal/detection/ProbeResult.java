package dev.failover.internal.detection;

import dev.failover.BreakerState;
import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.dialect.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of one probe, and the state of the breaker after it.
 *
 * @param node the node that was asked
 * @param server product and version of the server, or null if unknown
 * @param probe time, duration, verdict and error
 * @param startedNanos {@link System#nanoTime()} at which the probe began
 * @param reading answer of the node, or null if it did not answer
 * @param breaker state of its breaker after the outcome was recorded
 * @param firstBadSignal {@link System#nanoTime()} of the first suspicion or failure not
 * yet followed by a good answer; 0 when there is none
 */
public record ProbeResult(Node node, @Nullable String server, Probe probe, long startedNanos, @Nullable Reading reading,
		BreakerState breaker, long firstBadSignal) {
}
