package dev.failover.dialect.mariadb;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Last transaction of each server in each domain. Immutable.
 * <p>
 * Source: MariaDB documentation, "Global Transaction ID": a GTID is domain, server and
 * sequence number. The servers of a domain count on from each other, so its transactions
 * are one sequence.
 *
 * @param domains last sequence number by server, by domain
 */
record GtidState(SortedMap<Long, SortedMap<Long, Long>> domains) {

	/**
	 * Parses lists of GTIDs, such as {@code 0-1-6,0-2-9}; the highest number of each
	 * server counts.
	 * @throws IllegalArgumentException if a text is not a list of GTIDs
	 */
	static GtidState parse(List<String> lists) {
		SortedMap<Long, SortedMap<Long, Long>> domains = new TreeMap<>();
		for (String list : lists) {
			for (String gtid : list.replaceAll("\\s", "").split(",")) {
				if (!gtid.isEmpty()) {
					String[] parts = gtid.split("-");
					if (parts.length != 3) {
						throw new IllegalArgumentException("Not a GTID: " + gtid);
					}
					domains.computeIfAbsent(Long.valueOf(parts[0]), (added) -> new TreeMap<>())
						.merge(Long.valueOf(parts[1]), Long.valueOf(parts[2]), Math::max);
				}
			}
		}
		return new GtidState(Collections.unmodifiableSortedMap(domains));
	}

	boolean isEmpty() {
		return this.domains.isEmpty();
	}

	/**
	 * Returns the last sequence number of each server in a domain.
	 */
	SortedMap<Long, Long> in(Long domain) {
		return this.domains.getOrDefault(domain, Collections.emptySortedMap());
	}

	/**
	 * Returns the servers that have written.
	 */
	Set<Long> writers() {
		Set<Long> writers = new HashSet<>();
		this.domains.values().forEach((servers) -> writers.addAll(servers.keySet()));
		return writers;
	}

	/**
	 * Returns the servers of the last transactions, one for each domain.
	 */
	Set<Long> lastWriters() {
		return this.domains.values().stream().map(GtidState::lastWriter).collect(Collectors.toSet());
	}

	private static Long lastWriter(SortedMap<Long, Long> servers) {
		return Collections.max(servers.entrySet(), Map.Entry.comparingByValue()).getKey();
	}

	/**
	 * Returns the last transaction of each domain, which stands for all before it.
	 * @return the text, or null if there is none
	 */
	@Nullable String last() {
		return isEmpty() ? null : this.domains.entrySet().stream().map((domain) -> {
			Long server = lastWriter(domain.getValue());
			return domain.getKey() + "-" + server + "-" + domain.getValue().get(server);
		}).collect(Collectors.joining(","));
	}

	/**
	 * Returns whether it contains the transactions of another state.
	 */
	boolean contains(GtidState other) {
		return other.domains.entrySet()
			.stream()
			.allMatch((domain) -> domain.getValue()
				.entrySet()
				.stream()
				.allMatch((server) -> in(domain.getKey()).getOrDefault(server.getKey(), 0L) >= server.getValue()));
	}

}
