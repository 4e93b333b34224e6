package dev.failover.benchmarks.scale;

/**
 * How a fleet under load moved to a server with few connections.
 *
 * @param what what is special about it
 * @param instances size of the fleet
 * @param wanted connections that its pools want in sum
 * @param limit connections that the server admits for it
 * @param firstMillis time from the fault until each instance had succeeded once; negative
 * if one never did
 * @param wholeMillis time from the fault until each thread had succeeded again; negative
 * if one never did
 * @param failed calls that failed
 * @param longestMillis the longest call
 * @param changes route changes of the whole fleet; one each is right
 */
record Herd(String what, int instances, int wanted, int limit, double firstMillis, double wholeMillis, long failed,
		double longestMillis, int changes) {
}
