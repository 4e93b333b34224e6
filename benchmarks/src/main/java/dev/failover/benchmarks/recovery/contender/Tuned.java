package dev.failover.benchmarks.recovery.contender;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of the driver and the pool that an expert chooses for a fast failover:
 * time-outs as short as a busy database allows.
 */
final class Tuned {

	private Tuned() {
	}

	/**
	 * Parameters of pgjdbc, and more of the form {@code name=value}.
	 */
	static Map<String, String> driver(String... added) {
		Map<String, String> all = new LinkedHashMap<>();
		for (String parameter : added) {
			String[] parts = parameter.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		all.put("connectTimeout", "1");
		all.put("loginTimeout", "1");
		all.put("socketTimeout", "2");
		all.put("tcpKeepAlive", "true");
		return all;
	}

	/**
	 * Properties of HikariCP.
	 */
	static Map<String, String> hikari(String size) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("maximumPoolSize", size);
		all.put("connectionTimeout", "1000");
		all.put("validationTimeout", "250");
		return all;
	}

}
