package dev.failover;

/**
 * Connections of a node's pool at one moment.
 *
 * @param active connections in use
 * @param idle connections that wait to be used
 * @param total connections in use and idle ones
 * @param max most connections that the pool may open
 * @param waiting threads that wait for a connection
 */
public record PoolStats(int active, int idle, int total, int max, int waiting) {
}
