package dev.failover;

/**
 * Requests for a connection that the current route could not serve at once.
 *
 * @param held requests that waited for another route and were served, since the start
 * @param waiting requests that wait for a route now
 * @param refused requests that were refused because no node could take the work, since
 * the start
 */
public record RequestStats(long held, int waiting, long refused) {
}
