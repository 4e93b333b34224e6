package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Result of one inspection of a node.
 *
 * @param server facts about its server
 * @param reading its answer to the queries of a probe
 * @param replication state of replication as it tells it in a probe
 * @param history migration history of its schema, or null if it could not be read
 * @param addresses addresses to which the host names of its URL resolve
 * @param login duration of connect and login
 */
record NodeInspection(ServerFacts server, Reading reading, ReplicationReading replication,
		@Nullable MigrationHistory history, Set<InetSocketAddress> addresses, Duration login) {

	NodeInspection {
		addresses = Set.copyOf(addresses);
	}

	/**
	 * Returns the parts that the server refuses to tell in probes.
	 */
	List<Refusal> refusals() {
		return Stream.of(this.reading.refusals(), this.replication.refusals()).flatMap(List::stream).toList();
	}

}
