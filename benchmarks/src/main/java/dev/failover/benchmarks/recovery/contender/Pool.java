package dev.failover.benchmarks.recovery.contender;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a HikariCP pool.
 *
 * @param purpose name of the pool
 * @param driver parameters of the URL
 * @param hikari properties of the pool
 * @param aliveBypassWindow HikariCP's system property of that name in milliseconds, null
 * for the default. HikariCP does not validate a connection that was used within the
 * window
 */
record Pool(String purpose, Map<String, String> driver, Map<String, String> hikari,
		@Nullable Integer aliveBypassWindow) {

	/** Connections of a contender, one for each client thread. */
	static final int SIZE = 16;

	private static final String WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

	Pool {
		driver = new LinkedHashMap<>(driver);
		hikari = new LinkedHashMap<>(hikari);
	}

	/**
	 * Returns a pool of half the size for a fast failover, with time-outs as short as a
	 * busy database allows. A login has the socket time-out on each host; all hosts share
	 * the connect time-out.
	 * @param driver additional parameters of pgjdbc
	 */
	static Pool tuned(String purpose, @Nullable Integer aliveBypassWindow, String... driver) {
		Map<String, String> all = pairs(driver);
		all.putAll(pairs("connectTimeout=3", "loginTimeout=5", "socketTimeout=2", "cancelSignalTimeout=1",
				"tcpKeepAlive=true", "sslmode=disable", "gssEncMode=disable"));
		return new Pool(purpose, all,
				pairs("maximumPoolSize=" + SIZE / 2, "connectionTimeout=3000", "validationTimeout=250"),
				aliveBypassWindow);
	}

	/**
	 * Returns a map of parameters of the form {@code name=value}.
	 */
	private static Map<String, String> pairs(String... parameters) {
		Map<String, String> all = new LinkedHashMap<>();
		for (String parameter : parameters) {
			String[] parts = parameter.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		return all;
	}

	Pool withDriver(String... parameters) {
		Map<String, String> all = new LinkedHashMap<>(this.driver);
		all.putAll(pairs(parameters));
		return new Pool(this.purpose, all, this.hikari, this.aliveBypassWindow);
	}

	Pool withHikari(String property) {
		Map<String, String> all = new LinkedHashMap<>(this.hikari);
		all.putAll(pairs(property));
		return new Pool(this.purpose, this.driver, all, this.aliveBypassWindow);
	}

	String url(String base) {
		StringJoiner parameters = new StringJoiner("&", "?", "");
		parameters.setEmptyValue("");
		this.driver.forEach((name, value) -> parameters.add(name + "=" + value));
		return base + parameters;
	}

	HikariDataSource open(String base, Endpoints endpoints) {
		Properties properties = new Properties();
		properties.putAll(this.hikari);
		HikariConfig config = new HikariConfig(properties);
		config.setJdbcUrl(url(base));
		config.setUsername(endpoints.username());
		config.setPassword(endpoints.password());
		return open(this.aliveBypassWindow, () -> new HikariDataSource(config));
	}

	/**
	 * Opens pools with a window of connections that are not validated.
	 */
	static <T, E extends Exception> T open(@Nullable Integer aliveBypassWindow, Opening<T, E> opening) throws E {
		if (aliveBypassWindow != null) {
			System.setProperty(WINDOW, aliveBypassWindow.toString());
		}
		try {
			return opening.open();
		}
		finally {
			System.clearProperty(WINDOW);
		}
	}

	/**
	 * Returns the settings for the results.
	 * @param base the URL with placeholders instead of ports
	 */
	List<String> lines(String base) {
		String window = (this.aliveBypassWindow != null) ? ", " + line(this.aliveBypassWindow) : "";
		return List.of(this.purpose + ": " + url(base), this.purpose + ", HikariCP: " + this.hikari + window);
	}

	static String line(int aliveBypassWindow) {
		return "-D" + WINDOW + "=" + aliveBypassWindow;
	}

	/**
	 * Opens pools.
	 *
	 * @param <T> type of the result
	 * @param <E> type of the exception
	 */
	@FunctionalInterface
	interface Opening<T, E extends Exception> {

		T open() throws E;

	}

}
