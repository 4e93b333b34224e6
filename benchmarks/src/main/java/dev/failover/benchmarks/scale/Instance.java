package dev.failover.benchmarks.scale;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.topology.FailoverState;
import dev.failover.topology.FailoverStates;
import dev.failover.topology.Transition;

/**
 * One instance of an application on the pair.
 */
final class Instance implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start with properties of the form {@code name=value} on top of the minimal ones.
	 */
	static Instance start(EmbeddedPair pair, List<String> properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("logging.level.root", "OFF");
		all.put("failover.doctor.enabled", "false");
		all.put("spring.datasource.url", pair.primary().jdbcUrl());
		all.put("spring.datasource.username", pair.username());
		all.put("spring.datasource.password", pair.password());
		all.put("failover.mirror.url", pair.mirror().jdbcUrl());
		properties.forEach((property) -> {
			String[] parts = property.split("=", 2);
			all.put(parts[0], parts[1]);
		});
		return new Instance(
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).properties(all).run());
	}

	DataSource dataSource() {
		return this.context.getBean(DataSource.class);
	}

	boolean ready() {
		return state().ready();
	}

	/**
	 * When its route changed after that moment.
	 */
	List<Instant> changesAfter(Instant moment) {
		return state().history().stream().map(Transition::at).filter((at) -> at.isAfter(moment)).sorted().toList();
	}

	private FailoverState state() {
		return this.context.getBean(FailoverStates.class).current();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
