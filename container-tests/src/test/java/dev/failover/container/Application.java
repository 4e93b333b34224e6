package dev.failover.container;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

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

/**
 * A small Spring Boot application on a pair of containers, configured by properties only.
 */
final class Application implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final ConfigurableApplicationContext context;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an application and waits until the mirror could take over.
	 */
	static Application start(ContainerPair pair) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.jmx.enabled", "false");
		properties.put("spring.datasource.url", pair.primary().url());
		properties.put("spring.datasource.username", pair.username());
		properties.put("spring.datasource.password", pair.password());
		properties.put("failover.mirror.url", pair.mirror().url());
		Application application = new Application(
				new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE).properties(properties).run());
		application.await("ready", () -> application.state().ready());
		return application;
	}

	JdbcTemplate jdbc() {
		return this.context.getBean(JdbcTemplate.class);
	}

	FailoverState state() {
		return this.context.getBean(Failover.class).state();
	}

	NodeStatus node(String name) {
		return state().status(new Node(name));
	}

	void awaitMode(Mode mode) {
		await("mode " + mode, () -> state().route().mode() == mode);
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
