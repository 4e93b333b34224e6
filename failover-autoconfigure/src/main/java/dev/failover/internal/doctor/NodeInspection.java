package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Result of one inspection of a node.
 *
 * @param server facts about its server
 * @param reading its answer to the queries of a probe
 * @param refusals parts that the server refuses to tell in probes
 * @param history migration history of its schema, or null if it could not be read
 * @param addresses addresses to which the host names of its URL resolve
 * @param login duration of connect and login
 */
record NodeInspection(ServerFacts server, Reading reading, List<Refusal> refusals, @Nullable MigrationHistory history,
		Set<InetSocketAddress> addresses, Duration login) {

	NodeInspection {
		refusals = List.copyOf(refusals);
		addresses = Set.copyOf(addresses);
	}

}
