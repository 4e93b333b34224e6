package dev.failover.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.failover.Condition;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.internal.routing.FailoverDataSource;
import org.awaitility.Awaitility;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;
import org.springframework.modulith.events.config.EventExternalizationAutoConfiguration;
import org.springframework.modulith.events.config.EventPublicationAutoConfiguration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small Spring Boot application on an embedded pair, configured by properties only.
 */
public final class Application implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(40);

	/** Configurations of libraries that few tests need, some of which need tables. */
	private static final String LIBRARIES = Stream
		.of(JooqAutoConfiguration.class, MybatisAutoConfiguration.class, QuartzAutoConfiguration.class,
				EventPublicationAutoConfiguration.class, EventExternalizationAutoConfiguration.class)
		.map(Class::getName)
		.collect(Collectors.joining(","))
			+ ",org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration";

	private final ConfigurableApplicationContext context;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an application on a pair.
	 * @param properties properties of the form {@code name=value}, in addition to those
	 * of {@link #connection}
	 */
	public static Application start(EmbeddedPair pair, String... properties) {
		return startWith(Config.class, pair, properties);
	}

	/**
	 * Starts an application with a configuration class other than the default one.
	 */
	public static Application startWith(Class<?> beans, EmbeddedPair pair, String... properties) {
		List<String> all = connection(pair);
		all.addAll(List.of(properties));
		return start(beans, all);
	}

	/**
	 * Returns the properties that connect an application to a pair.
	 */
	public static List<String> connection(EmbeddedPair pair) {
		return new ArrayList<>(List.of("spring.datasource.url=" + pair.primary().jdbcUrl(),
				"spring.datasource.username=" + pair.username(), "spring.datasource.password=" + pair.password(),
				"failover.mirror.url=" + pair.mirror().jdbcUrl()));
	}

	/**
	 * Starts an application whose addresses lead to the servers of a pair in another way.
	 * @param primary URL of the primary
	 * @param mirror URL of the mirror
	 */
	public static Application startOn(EmbeddedPair pair, String primary, String mirror, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + primary,
				"spring.datasource.username=" + pair.username(), "spring.datasource.password=" + pair.password(),
				"failover.mirror.url=" + mirror, "spring.datasource.hikari.maximum-pool-size=4"));
		all.addAll(List.of(properties));
		return start(all);
	}

	/**
	 * Starts an application that has the given properties only, with listeners.
	 */
	public static Application start(List<String> properties, ApplicationListener<?>... listeners) {
		return start(Config.class, properties, listeners);
	}

	private static Application start(Class<?> beans, List<String> properties, ApplicationListener<?>... listeners) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("spring.flyway.enabled", "false");
		all.put("spring.liquibase.enabled", "false");
		all.put("jobrunr.database.type", "none");
		all.put("jobrunr.job-scheduler.enabled", "false");
		all.put("jdbc.datasource-proxy.enabled", "false");
		all.put("spring.jpa.properties.hibernate.cache.use_second_level_cache", "false");
		all.put("spring.autoconfigure.exclude", LIBRARIES);
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

	public Failover failover() {
		return bean(Failover.class);
	}

	/**
	 * Returns the routing data source, which knows the route that it hands out
	 * connections by at this moment.
	 */
	public FailoverDataSource failoverDataSource() {
		return bean(FailoverRuntime.class).dataSource();
	}

	/**
	 * Returns operations that run work in a transaction of the application.
	 */
	public TransactionOperations transactions(boolean readOnly) {
		TransactionTemplate transactions = new TransactionTemplate(bean(PlatformTransactionManager.class));
		transactions.setReadOnly(readOnly);
		return transactions;
	}

	/**
	 * Returns operations that run work in a read-only transaction that is serializable.
	 */
	TransactionOperations serializableReads() {
		TransactionTemplate transactions = new TransactionTemplate(bean(PlatformTransactionManager.class));
		transactions.setReadOnly(true);
		transactions.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		return transactions;
	}

	public FailoverState state() {
		return failover().state();
	}

	public NodeStatus node(String name) {
		return state().nodes().stream().filter((status) -> status.node().name().equals(name)).findFirst().orElseThrow();
	}

	public List<Condition> conditions() {
		return state().conditions();
	}

	/**
	 * Returns whether a node has a condition.
	 * @param node the node, or null for a condition of the whole
	 */
	public boolean hasCondition(Condition.Kind kind, String node) {
		Node about = (node != null) ? new Node(node) : null;
		return conditions().stream()
			.anyMatch((condition) -> condition.kind() == kind && Objects.equals(condition.node(), about));
	}

	public void awaitMode(Mode mode) {
		await("mode " + mode, () -> state().route().mode() == mode);
	}

	public void awaitCondition(Condition.Kind kind) {
		awaitCondition(kind, null);
	}

	public void awaitCondition(Condition.Kind kind, String node) {
		await("condition " + kind + " of " + node, () -> hasCondition(kind, node));
	}

	public void awaitReady() {
		await("ready", () -> state().ready());
	}

	public void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(condition);
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
