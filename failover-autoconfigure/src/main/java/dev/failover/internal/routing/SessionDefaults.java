package dev.failover.internal.routing;

/**
 * What a fresh session of the database has, as the pools learn it from their first
 * connection and keep it for good.
 *
 * @param transactionIsolation isolation, as in {@link java.sql.Connection}'s constants
 * @param networkTimeoutMillis socket time-out in milliseconds, 0 for none
 */
record SessionDefaults(int transactionIsolation, int networkTimeoutMillis) {
}
