package dev.failover.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Configuration parameters of the servers.
 */
final class ServerParameters {

	/** Defaults of this module, which the user's own parameters override. */
	private static final Map<String, String> DEFAULTS = Map.ofEntries(
			// processes are killed, not the machine: what was written is not lost
			Map.entry("fsync", "off"),
			// a killed server would leave a megabyte in /dev/shm
			Map.entry("dynamic_shared_memory_type", "mmap"), Map.entry("unix_socket_directories", ""),
			Map.entry("shared_buffers", "32MB"), Map.entry("wal_keep_size", "128MB"),
			Map.entry("wal_sender_timeout", "5s"), Map.entry("wal_receiver_timeout", "5s"),
			Map.entry("wal_receiver_status_interval", "1s"), Map.entry("wal_retrieve_retry_interval", "200ms"),
			Map.entry("log_line_prefix", "%m [%p] %a "));

	/**
	 * Parameters that must not be lower on a standby than they ever were on its primary.
	 */
	private static final Set<String> CAPACITY = Set.of("max_connections", "max_worker_processes", "max_wal_senders",
			"max_prepared_transactions", "max_locks_per_transaction");

	private ServerParameters() {
	}

	/**
	 * Return the options of {@code initdb} for those of the user's own parameters that a
	 * database cluster has to be created with.
	 * @param own the user's own parameters
	 * @return the options
	 */
	static List<String> initdbOptions(Map<String, String> own) {
		return own.entrySet()
			.stream()
			.filter((parameter) -> CAPACITY.contains(parameter.getKey()))
			.map((parameter) -> "--set=" + parameter.getKey() + "=" + parameter.getValue())
			.toList();
	}

	/**
	 * Return the parameters of a server.
	 * @param name name of the node, by which its primary knows it
	 * @param port port of the server
	 * @param own the user's own parameters
	 * @return the parameters, which the caller may change
	 */
	static Map<String, String> of(String name, int port, Map<String, String> own) {
		Map<String, String> parameters = new LinkedHashMap<>(DEFAULTS);
		parameters.putAll(own);
		parameters.put("listen_addresses", "127.0.0.1");
		parameters.put("port", Integer.toString(port));
		parameters.put("cluster_name", name);
		return parameters;
	}

}
