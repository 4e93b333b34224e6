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
 * for the default
 */
record Pool(String purpose, Map<String, String> driver, Map<String, String> hikari,
		@Nullable Integer aliveBypassWindow) {

	/** Connections of a contender, one for each client thread. */
	static final int SIZE = 16;

	Pool {
		driver = new LinkedHashMap<>(driver);
		hikari = new LinkedHashMap<>(hikari);
	}

	/**
	 * Returns these settings with additional parameters of the URL.
	 */
	Pool with(Map<String, String> more) {
		Map<String, String> all = new LinkedHashMap<>(this.driver);
		all.putAll(more);
		return new Pool(this.purpose, all, this.hikari, this.aliveBypassWindow);
	}

	/**
	 * Returns a URL with the parameters of the driver.
	 */
	String url(String base) {
		StringJoiner parameters = new StringJoiner("&", "?", "");
		parameters.setEmptyValue("");
		this.driver.forEach((name, value) -> parameters.add(name + "=" + value));
		return base + parameters;
	}

	/**
	 * Opens the pool.
	 */
	HikariDataSource open(String base, Endpoints endpoints) {
		Properties properties = new Properties();
		properties.putAll(this.hikari);
		HikariConfig config = new HikariConfig(properties);
		config.setJdbcUrl(url(base));
		config.setUsername(endpoints.username());
		config.setPassword(endpoints.password());
		return AliveBypassWindow.open(this.aliveBypassWindow, () -> new HikariDataSource(config));
	}

	/**
	 * Returns the settings for the results.
	 * @param base the URL with placeholders instead of ports
	 */
	List<String> lines(String base) {
		String window = (this.aliveBypassWindow != null) ? ", " + AliveBypassWindow.line(this.aliveBypassWindow) : "";
		return List.of(this.purpose + ": " + url(base), this.purpose + ", HikariCP: " + this.hikari + window);
	}

}
