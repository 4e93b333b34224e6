package dev.failover.benchmarks.scale;

/**
 * What the probes of a fleet cost one node.
 *
 * @param node the node
 * @param instances size of the fleet
 * @param seconds how long was measured
 * @param queries queries a second of one instance
 * @param connections connections that one instance keeps for its probes
 * @param logins new connections a second of one instance
 * @param cpu processor seconds of the server a second for one instance; 0 where the
 * system does not tell
 */
record ProbeCost(String node, int instances, double seconds, double queries, double connections, double logins,
		double cpu) {
}
