package dev.failover.benchmarks.scale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.failover.FailoverState;
import dev.failover.RouteChange;
import dev.failover.benchmarks.overhead.Failover;
import dev.failover.benchmarks.run.SmallApplication;
import dev.failover.embedded.EmbeddedPair;

import org.springframework.context.ConfigurableApplicationContext;

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
		List<String> all = new ArrayList<>(List.of("failover.doctor.enabled=false"));
		all.addAll(properties);
		return new Instance(SmallApplication.start(pair.primary().jdbcUrl(), pair.mirror().jdbcUrl(), pair.username(),
				pair.password(), all));
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
		return state().changes().stream().map(RouteChange::at).filter((at) -> at.isAfter(moment)).sorted().toList();
	}

	private FailoverState state() {
		return this.context.getBean(Failover.class).state();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
