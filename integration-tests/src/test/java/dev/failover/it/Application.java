package dev.failover.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

import dev.failover.Condition;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.NodeStatus;
import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A small Spring Boot application on a pair, configured as a user would.
 */
public final class Application implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ConfigurableApplicationContext context;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start on a pair, with properties of the form {@code name=value} on top of the
	 * minimal ones.
	 */
	public static Application start(EmbeddedPair pair, String... properties) {
		return startWith(Config.class, pair, properties);
	}

	/**
	 * Start with a configuration of one's own.
	 */
	public static Application startWith(Class<?> beans, EmbeddedPair pair, String... properties) {
		List<String> all = connection(pair);
		all.addAll(List.of(properties));
		return start(beans, all);
	}

	/**
	 * The minimal properties for a pair.
	 */
	public static List<String> connection(EmbeddedPair pair) {
		return new ArrayList<>(List.of("spring.datasource.url=" + pair.primary().jdbcUrl(),
				"spring.datasource.username=" + pair.username(), "spring.datasource.password=" + pair.password(),
				"failover.mirror.url=" + pair.mirror().jdbcUrl()));
	}

	/**
	 * Start with all properties given, and tell listeners of events.
	 */
	public static Application start(List<String> properties, ApplicationListener<?>... listeners) {
		return start(Config.class, properties, listeners);
	}

	private static Application start(Class<?> beans, List<String> properties, ApplicationListener<?>... listeners) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("spring.flyway.enabled", "false");
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		return new Application(new SpringApplicationBuilder(beans).web(WebApplicationType.NONE)
			.properties(all)
			.listeners(listeners)
			.run());
	}

	public ApplicationContext context() {
		return this.context;
	}

	public DataSource dataSource() {
		return this.context.getBean(DataSource.class);
	}

	public JdbcTemplate jdbc() {
		return this.context.getBean(JdbcTemplate.class);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public FailoverState state() {
		return this.context.getBean(Failover.class).state();
	}

	public NodeStatus node(String name) {
		return state().nodes().stream().filter((status) -> status.node().name().equals(name)).findFirst().orElseThrow();
	}

	public List<String> conditions() {
		return state().conditions().stream().map(Condition::label).toList();
	}

	public void awaitMode(Mode mode) {
		await("mode " + mode, () -> state().route().mode() == mode);
	}

	public void awaitReady() {
		await("ready", () -> state().ready());
	}

	public void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	static class Config {

	}

}
