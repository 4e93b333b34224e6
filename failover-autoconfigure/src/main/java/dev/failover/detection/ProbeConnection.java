package dev.failover.detection;

import java.sql.Connection;

/**
 * A connection of the prober's, kept between probes.
 *
 * @param connection the connection
 * @param openedNanos when it was opened
 */
record ProbeConnection(Connection connection, long openedNanos) {
}
