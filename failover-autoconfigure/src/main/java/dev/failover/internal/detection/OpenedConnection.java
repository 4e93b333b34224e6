package dev.failover.internal.detection;

import java.sql.Connection;

/**
 * A connection of the prober's, kept between probes.
 *
 * @param connection the connection
 * @param openedNanos when it was opened
 */
record OpenedConnection(Connection connection, long openedNanos) {
}
