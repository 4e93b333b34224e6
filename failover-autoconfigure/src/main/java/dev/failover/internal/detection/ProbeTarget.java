package dev.failover.internal.detection;

import dev.failover.Node;

/**
 * How a prober reaches and asks one node.
 *
 * @param node the node
 * @param connection connection that is kept between probes
 * @param reader asks the node
 * @param settings how often and how patiently to ask
 * @param clock clocks of the prober
 * @param listener receives what probes find
 */
public record ProbeTarget(Node node, KeptConnection connection, NodeReader reader, DetectionSettings settings,
		ProbeClock clock, ProbeListener listener) {

}
