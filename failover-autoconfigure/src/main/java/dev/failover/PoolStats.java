package dev.failover;

/**
 * Connections of a node's pool at one moment.
 *
 * @param active in use
 * @param idle waiting to be used
 * @param total both
 * @param max as many as the pool may open
 * @param waiting threads that wait for a connection
 */
public record PoolStats(int active, int idle, int total, int max, int waiting) {
}
