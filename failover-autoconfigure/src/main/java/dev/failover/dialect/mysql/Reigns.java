package dev.failover.dialect.mysql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.Role;
import dev.failover.dialect.mysql.MySqlDialect.Source;
import dev.failover.dialect.mysql.MySqlDialect.State;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what servers had executed when they last refused writes, where their present
 * time as leaders begins. A set of transactions does not tell that by itself: after a
 * second failover, both servers have transactions of each other. Thread-safe.
 */
final class Reigns {

	private final Map<String, GtidSet> begun = new RecentServers<>();

	/**
	 * Returns the history of a server, and remembers the server.
	 * @param sources servers that it is configured to follow, or null if not known
	 */
	synchronized MySqlHistory history(GtidSet executed, String server, Role role, @Nullable List<Source> sources) {
		boolean seenReadOnly = this.begun.containsKey(server);
		if (role != Role.WRITABLE) {
			this.begun.put(server, executed);
		}
		boolean own = !executed.writtenBy(server).isEmpty();
		Boolean following = State.isFollowing(sources);
		boolean apart = (following != null) ? !following && (sources == null || sources.isEmpty() || seenReadOnly)
				: own || seenReadOnly;
		boolean leading = role == Role.WRITABLE && apart;
		boolean promoted = role == Role.WRITABLE && ((following != null) ? !following : own)
				&& executed.writers().stream().anyMatch((writer) -> !writer.equals(server));
		return new MySqlHistory(executed, server, promoted, leading, writers(server, role, leading, sources),
				Map.copyOf(this.begun));
	}

	/**
	 * Returns the servers whose transactions go on a history.
	 */
	private static Set<String> writers(String server, Role role, boolean leading, @Nullable List<Source> sources) {
		if (leading || sources == null) {
			return (role == Role.WRITABLE) ? Set.of(server) : Set.of();
		}
		Set<String> writers = sources.stream()
			.filter(Source::isRunning)
			.flatMap((source) -> Stream.ofNullable(source.id()))
			.collect(Collectors.toSet());
		if (role == Role.WRITABLE) {
			writers.add(server);
		}
		return Set.copyOf(writers);
	}

}
