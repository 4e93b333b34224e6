package dev.failover.benchmarks.recovery.contender;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of the driver and the pool for a fast failover: time-outs as short as a busy
 * database allows.
 */
final class TunedSettings {

	private TunedSettings() {
	}

	/**
	 * Returns parameters of pgjdbc, with additional ones of the form {@code name=value}.
	 * A login has the socket time-out on each host; all hosts share the connect time-out.
	 */
	static Map<String, String> driver(String... added) {
		Map<String, String> all = pairs(added);
		all.put("connectTimeout", "3");
		all.put("loginTimeout", "5");
		all.put("socketTimeout", "2");
		all.put("cancelSignalTimeout", "1");
		all.put("tcpKeepAlive", "true");
		all.put("sslmode", "disable");
		all.put("gssEncMode", "disable");
		return all;
	}

	/**
	 * Returns properties of HikariCP.
	 */
	static Map<String, String> hikari(int size) {
		return pairs("maximumPoolSize=" + size, "connectionTimeout=3000", "validationTimeout=250");
	}

	/**
	 * Returns a map of parameters of the form {@code name=value}.
	 */
	static Map<String, String> pairs(String... parameters) {
		Map<String, String> all = new LinkedHashMap<>();
		for (String parameter : parameters) {
			String[] parts = parameter.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		return all;
	}

}
