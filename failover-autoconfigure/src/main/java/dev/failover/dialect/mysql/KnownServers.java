package dev.failover.dialect.mysql;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.dialect.mysql.MySqlDialect.Answers;
import dev.failover.dialect.mysql.MySqlDialect.Source;
import dev.failover.dialect.mysql.MySqlDialect.State;
import org.jspecify.annotations.Nullable;

/**
 * Servers that were read, so that what one says of another can be understood: a follower
 * names its source by the server's id, and a leader does not tell which followers
 * acknowledge its commits, but each follower tells whether it does. Thread-safe.
 */
final class KnownServers {

	static final String STATUS = "replica status";

	private final Map<String, String> instances = new RecentServers<>();

	private final Map<String, Acknowledgement> followers = new RecentServers<>();

	/**
	 * Remembers a server.
	 */
	synchronized void add(State state) {
		String instance = state.name().instance();
		String id = state.name().id();
		if (id != null && instance != null) {
			this.instances.put(id, instance);
		}
	}

	/**
	 * Returns the state of a server's replication.
	 * @param semiSync state of semi-synchronous replication, or null if it is not known
	 */
	synchronized ReplicationReading replication(State state, Answers answers, @Nullable Map<String, String> semiSync) {
		String instance = state.name().instance();
		List<Source> sources = state.sources();
		Source source = (sources != null) ? mostActive(sources) : null;
		if (instance != null && semiSync != null) {
			boolean acknowledges = MySqlDialect
				.isOn(MySqlDialect.first(semiSync, "rpl_semi_sync_replica_status", "rpl_semi_sync_slave_status"));
			this.followers.put(instance, new Acknowledgement((source != null) ? source.id() : null, acknowledges));
		}
		return new ReplicationReading((sources != null) ? source != null && source.isStreaming() : null,
				(source != null) ? instance(source.id()) : null, instance, (source != null) ? source.lag() : null,
				(semiSync != null) ? followers(state.name().id(), isWaiting(semiSync)) : null,
				answers.refusals(STATUS, SemiSync.SETTINGS.name()));
	}

	private static @Nullable Source mostActive(List<Source> sources) {
		return sources.stream()
			.filter(Source::isStreaming)
			.findFirst()
			.or(() -> sources.stream().filter(Source::isRunning).findFirst())
			.orElse(null);
	}

	/**
	 * Returns the instance with an id, or the id itself, which is no instance, if that
	 * server was not read.
	 */
	private @Nullable String instance(@Nullable String id) {
		return (id != null) ? this.instances.getOrDefault(id, id) : null;
	}

	/**
	 * Returns whether commits wait now: a leader stops waiting after a time-out, and goes
	 * on without its followers.
	 */
	private static boolean isWaiting(Map<String, String> semiSync) {
		String clients = MySqlDialect.first(semiSync, "rpl_semi_sync_source_clients", "rpl_semi_sync_master_clients");
		return MySqlDialect
			.isOn(MySqlDialect.first(semiSync, "rpl_semi_sync_source_status", "rpl_semi_sync_master_status"))
				&& clients != null && !clients.equals("0");
	}

	private List<Follower> followers(@Nullable String id, boolean waiting) {
		return this.followers.entrySet()
			.stream()
			.filter((follower) -> id != null && Objects.equals(follower.getValue().source(), id))
			.map((follower) -> new Follower(follower.getKey(), waiting && follower.getValue().acknowledges()))
			.toList();
	}

	/**
	 * Last answer of a follower about the commits of its source.
	 *
	 * @param source id of the source, or null
	 * @param acknowledges whether it acknowledges them
	 */
	private record Acknowledgement(@Nullable String source, boolean acknowledges) {

	}

}
