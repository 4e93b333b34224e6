package dev.failover.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of the servers.
 */
final class ServerSettings {

	/** Settings of both servers, which a user's own come after. */
	private static final Map<String, String> COMMON = Map.ofEntries(
			// only processes die here, never the machine: what was written stays written
			Map.entry("fsync", "off"),
			// else each kill leaves a megabyte in /dev/shm
			Map.entry("dynamic_shared_memory_type", "mmap"), Map.entry("unix_socket_directories", ""),
			Map.entry("shared_buffers", "32MB"), Map.entry("wal_keep_size", "128MB"),
			Map.entry("wal_sender_timeout", "5s"), Map.entry("wal_receiver_timeout", "5s"),
			Map.entry("wal_receiver_status_interval", "1s"), Map.entry("wal_retrieve_retry_interval", "200ms"),
			Map.entry("log_line_prefix", "%m [%p] %a "));

	/** Settings of which a standby must not have less than its primary ever had. */
	private static final Set<String> CAPACITY = Set.of("max_connections", "max_worker_processes", "max_wal_senders",
			"max_prepared_transactions", "max_locks_per_transaction");

	private ServerSettings() {
	}

	/**
	 * Return those of the user's own settings that a cluster has to be created with.
	 */
	static List<String> initial(Map<String, String> own) {
		return own.entrySet()
			.stream()
			.filter((setting) -> CAPACITY.contains(setting.getKey()))
			.map((setting) -> "--set=" + setting.getKey() + "=" + setting.getValue())
			.toList();
	}

	/**
	 * Return all settings of a server.
	 * @param name name of the node, which its standby's primary knows it by
	 * @param port its port
	 * @param primary how it reaches its primary when it is a standby
	 * @param own the user's own settings
	 */
	static Map<String, String> of(String name, int port, String primary, Map<String, String> own) {
		Map<String, String> settings = new LinkedHashMap<>(COMMON);
		settings.putAll(own);
		settings.put("listen_addresses", "127.0.0.1");
		settings.put("port", Integer.toString(port));
		settings.put("cluster_name", name);
		settings.put("primary_conninfo", primary);
		return settings;
	}

}
