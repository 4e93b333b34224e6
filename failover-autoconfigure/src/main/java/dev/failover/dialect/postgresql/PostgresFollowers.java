package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading.Follower;
import org.jspecify.annotations.Nullable;

/**
 * Reads the followers of a server. Their names cost the server more than all else that a
 * probe asks, so they are remembered while the same processes send to them. Thread-safe.
 */
final class PostgresFollowers {

	private final Map<Connection, Names> remembered = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Reads the followers.
	 * @param server identity of the running server, or null if it is not known
	 * @param senders process and state of each sender, one in each line
	 * @param refusals receives what the server refuses
	 * @return the followers, or null if their states or names may not be read
	 */
	@Nullable List<Follower> read(Connection connection, @Nullable String server, String senders, List<Refusal> refusals)
			throws SQLException {
		Map<String, String> states = words(senders);
		Map<String, String> names = remembered(connection, server, states.keySet());
		if (names == null) {
			Answers answers = PostgresQueries.NAMES_OF_FOLLOWERS.read(connection);
			if (!answers.refusals().isEmpty()) {
				refusals.addAll(answers.refusals());
				return null;
			}
			names = words(answers.get(PostgresQueries.NAMES));
			this.remembered.put(connection, new Names(server, names));
		}
		return states.containsValue("?") ? null : followers(states, names);
	}

	/**
	 * Returns the names of the processes, or null if they are not all known. Forgets
	 * those of others: the number of a process can be used again.
	 */
	private @Nullable Map<String, String> remembered(Connection connection, @Nullable String server,
			Set<String> processes) {
		Names names = this.remembered.get(connection);
		if (names == null || server == null || !server.equals(names.server())) {
			return processes.isEmpty() ? Map.of() : null;
		}
		names.byProcess().keySet().retainAll(processes);
		return names.byProcess().keySet().containsAll(processes) ? names.byProcess() : null;
	}

	private static List<Follower> followers(Map<String, String> states, Map<String, String> names) {
		return states.entrySet()
			.stream()
			.map((sender) -> new Follower(names.get(sender.getKey()),
					sender.getValue().equals("sync") || sender.getValue().equals("quorum")))
			.toList();
	}

	/**
	 * Returns the first word of each line and what follows it.
	 */
	private static Map<String, String> words(@Nullable String lines) {
		Map<String, String> words = new LinkedHashMap<>();
		if (lines != null) {
			lines.lines().map((line) -> line.split(" ", 2)).forEach((line) -> words.put(line[0], line[1]));
		}
		return words;
	}

	/**
	 * Names of followers by process of a server.
	 */
	private record Names(@Nullable String server, Map<String, String> byProcess) {

	}

}
