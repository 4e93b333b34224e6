package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

import dev.failover.dialect.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * Result of one inspection of a node.
 *
 * @param server facts about its server
 * @param history migration history of its schema, or null if it could not be read
 * @param addresses addresses to which the host names of its URL resolve
 * @param login duration of connect and login
 */
record NodeInspection(ServerFacts server, @Nullable MigrationHistory history, Set<InetSocketAddress> addresses,
		Duration login) {

	NodeInspection {
		addresses = Set.copyOf(addresses);
	}

}
