package dev.failover.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.failover.dialect.ServerFacts;

/**
 * What one visit to a node found.
 *
 * @param server what the server offers our login
 * @param history the schema's history, or null if it could not be read
 * @param addresses addresses that its URL leads to
 * @param login how long connecting and login took
 */
record NodeFacts(ServerFacts server, @Nullable SchemaHistory history, Set<InetSocketAddress> addresses,
		Duration login) {

	NodeFacts {
		addresses = Set.copyOf(addresses);
	}

}
