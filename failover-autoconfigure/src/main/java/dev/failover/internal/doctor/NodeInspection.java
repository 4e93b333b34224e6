package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

import dev.failover.dialect.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * What one visit to a node found.
 *
 * @param server what the server offers our login
 * @param history the schema's history, or null if it could not be read
 * @param addresses addresses that its URL leads to
 * @param login how long connecting and login took
 */
record NodeInspection(ServerFacts server, @Nullable MigrationHistory history, Set<InetSocketAddress> addresses,
		Duration login) {

	NodeInspection {
		addresses = Set.copyOf(addresses);
	}

}
