package dev.failover.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.failover.Condition;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small Spring Boot application, configured by properties only.
 */
final class Application implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final ConfigurableApplicationContext context;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an application as the user {@code app}, and creates the table of the
	 * writers.
	 * @param properties properties of the form {@code name=value}
	 */
	static Application start(List<String> properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("spring.datasource.username", "app");
		all.put("spring.datasource.password", "app");
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		Application application = new Application(
				new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE).properties(all).run());
		application.jdbc().execute("create table if not exists entry (id bigint primary key)");
		return application;
	}

	JdbcTemplate jdbc() {
		return this.context.getBean(JdbcTemplate.class);
	}

	TransactionOperations transactions() {
		return new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
	}

	Failover failover() {
		return this.context.getBean(Failover.class);
	}

	FailoverState state() {
		return failover().state();
	}

	NodeStatus node(String name) {
		return state().status(new Node(name));
	}

	List<String> conditions() {
		return state().conditions().stream().map(Condition::label).toList();
	}

	void awaitMode(Mode mode) {
		await("mode " + mode, () -> state().route().mode() == mode);
	}

	/**
	 * Waits until writes go to a node.
	 */
	void awaitWrites(String node) {
		await("writes on " + node, () -> new Node(node).equals(state().route().writes()));
	}

	/**
	 * Waits until a mirror could take over and no node has a condition.
	 */
	void awaitReady() {
		await("ready, without conditions", () -> state().ready() && state().conditions().isEmpty());
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
