package dev.failover.dialect.mysql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers a value for each of the servers that were seen last, by their keys.
 *
 * @param <V> type of what is remembered
 */
final class RecentServers<V> extends LinkedHashMap<String, V> {

	private static final long serialVersionUID = 1L;

	private static final int MAX_SERVERS = 64;

	RecentServers() {
		super(16, 0.75f, true);
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
		return size() > MAX_SERVERS;
	}

}
