package dev.failover.internal.detection;

import dev.failover.Node;

/**
 * Node to probe, with everything that a prober needs to reach and read it.
 *
 * @param node the node
 * @param address host, port and database that its URL names
 * @param connection connection that is kept between probes
 * @param reader reads role and replication
 * @param settings period, deadline and thresholds of the probes
 * @param clock clocks of the prober
 * @param listener receives the results
 */
public record ProbeTarget(Node node, String address, KeptConnection connection, NodeReader reader,
		DetectionSettings settings, ProbeClock clock, ProbeListener listener) {

}
