package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.failover.topology.FailoverStates;

/**
 * Failover for Spring Boot, in a small application made by its auto-configuration.
 */
final class Ours implements Contender {

	private static final long PATIENCE_MILLIS = 30_000;

	private final String name;

	private final String title;

	private final List<String> properties;

	private final boolean markReads;

	private Ours(String name, String title, List<String> properties, boolean markReads) {
		this.name = name;
		this.title = title;
		this.properties = properties;
		this.markReads = markReads;
	}

	static Ours defaults() {
		return new Ours("ours", "Failover for Spring Boot, defaults", List.of(), false);
	}

	static Ours tuned() {
		return new Ours("ours-tuned", "Failover for Spring Boot, tuned",
				List.of("failover.detection.interval=200ms", "failover.detection.timeout=200ms"), false);
	}

	/**
	 * Writes wait for the promotion instead of being told that there is no writable node.
	 */
	static Ours waiting() {
		return new Ours("ours-waiting", "Failover for Spring Boot, writes wait",
				List.of("failover.read-only.mode=wait"), true);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String title() {
		return this.title;
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=jdbc:postgresql://primary/app",
				"failover.mirror.url=jdbc:postgresql://mirror/app", size()));
		all.addAll(this.properties);
		if (this.markReads) {
			all.add("reads are marked by Connection.setReadOnly(true), as @Transactional(readOnly = true) does");
		}
		return all;
	}

	private static String size() {
		return "spring.datasource.hikari.maximum-pool-size=" + Pool.SIZE;
	}

	@Override
	public Map<String, String> versions() {
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Spring Boot", SpringBootVersion.getVersion());
		versions.put("HikariCP", Versions.of(HikariDataSource.class));
		versions.put("Resilience4j", Versions.of(CircuitBreaker.class));
		versions.put("pgjdbc", Versions.pgjdbc());
		return versions;
	}

	@Override
	public Opened open(Endpoints endpoints) throws InterruptedException {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("logging.level.root", System.getProperty("benchmarks.log", "OFF"));
		all.put("spring.datasource.url", endpoints.primaryUrl());
		all.put("spring.datasource.username", endpoints.username());
		all.put("spring.datasource.password", endpoints.password());
		all.put("failover.mirror.url", endpoints.mirrorUrl());
		put(all, size());
		this.properties.forEach((property) -> put(all, property));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(all)
			.run();
		awaitReady(context.getBean(FailoverStates.class));
		return new Running(context, this.markReads);
	}

	private static void put(Map<String, Object> all, String property) {
		String[] parts = property.split("=", 2);
		all.put(parts[0], parts[1]);
	}

	private static void awaitReady(FailoverStates states) throws InterruptedException {
		long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
		while (!states.current().ready()) {
			if (System.currentTimeMillis() > deadline) {
				throw new IllegalStateException("The mirror is not ready: " + states.current().conditions());
			}
			Thread.sleep(10);
		}
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	private record Running(ConfigurableApplicationContext context, boolean markReads) implements Opened {

		@Override
		public DataSource writes() {
			return this.context.getBean(DataSource.class);
		}

		@Override
		public DataSource reads() {
			return this.markReads ? new ReadOnlyDataSource(writes()) : writes();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
