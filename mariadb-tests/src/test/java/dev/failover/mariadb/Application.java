package dev.failover.mariadb;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.failover.Condition;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.NodeStatus;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A small Spring Boot application on a pair, configured by properties only.
 */
final class Application implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ConfigurableApplicationContext context;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an application.
	 * @param url URL with a place for the port
	 * @param properties more properties of the form {@code name=value}
	 */
	static Application start(Pair pair, String url, String... properties) {
		return start(List.of(pair.primary(), pair.mirror()), url, properties);
	}

	/**
	 * Starts an application.
	 * @param servers servers of the nodes {@code primary}, {@code mirror} and
	 * {@code third}
	 * @param url URL with a place for the port
	 * @param properties more properties of the form {@code name=value}
	 */
	static Application start(List<? extends DatabaseServer> servers, String url, String... properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("logging.level.org.mariadb", "off");
		all.put("spring.datasource.url", url.formatted(servers.get(0).port()));
		all.put("spring.datasource.username", "app");
		all.put("spring.datasource.password", "app");
		all.put("failover.mirror.url", url.formatted(servers.get(1).port()));
		if (servers.size() > 2) {
			all.put("failover.mirrors.third.url", url.formatted(servers.get(2).port()));
		}
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		return new Application(
				new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE).properties(all).run());
	}

	JdbcTemplate jdbc() {
		return this.context.getBean(JdbcTemplate.class);
	}

	/**
	 * Returns the number of rows that a read finds.
	 */
	long count() {
		return Objects.requireNonNull(jdbc().queryForObject("select count(*) from entry", Long.class));
	}

	FailoverState state() {
		return this.context.getBean(Failover.class).state();
	}

	NodeStatus node(String name) {
		return state().nodes().stream().filter((status) -> status.node().name().equals(name)).findFirst().orElseThrow();
	}

	List<String> conditions() {
		return state().conditions().stream().map(Condition::label).toList();
	}

	void awaitMode(Mode mode) {
		await("mode " + mode, () -> state().route().mode() == mode);
	}

	void awaitReady() {
		await("ready", () -> state().ready());
	}

	void awaitCondition(String label) {
		await("condition " + label, () -> conditions().contains(label));
	}

	void await(String what, Callable<Boolean> condition) {
		try {
			Awaitility.await(what).atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(condition);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(what + " was not reached in " + state(), ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Config {

	}

}
