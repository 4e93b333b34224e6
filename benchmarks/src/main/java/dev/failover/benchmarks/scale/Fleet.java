package dev.failover.benchmarks.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import dev.failover.FailoverState;
import dev.failover.Failover;
import dev.failover.RouteChange;
import dev.failover.benchmarks.run.SmallApplication;
import dev.failover.embedded.EmbeddedPair;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Many instances of an application on one pair, in this JVM.
 */
final class Fleet implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final long PAUSE_MILLIS = 10;

	private final List<Instance> instances = new ArrayList<>();

	private Fleet() {
	}

	/**
	 * Starts a fleet, and waits until each instance could fail over.
	 * @param properties additional properties of the form {@code name=value}
	 */
	static Fleet start(EmbeddedPair pair, int size, List<String> properties) throws InterruptedException {
		List<String> all = new ArrayList<>(List.of("failover.doctor.enabled=false"));
		all.addAll(properties);
		Fleet fleet = new Fleet();
		for (int i = 0; i < size; i++) {
			fleet.instances.add(new Instance(SmallApplication.start(pair.primary().jdbcUrl(), pair.mirror().jdbcUrl(),
					pair.username(), pair.password(), all)));
		}
		await("every instance is ready",
				() -> fleet.instances.stream().allMatch((instance) -> instance.state().ready()));
		return fleet;
	}

	List<Instance> instances() {
		return this.instances;
	}

	/**
	 * Waits for a condition.
	 * @throws IllegalStateException if it is not true within a minute
	 */
	static void await(String what, BooleanSupplier condition) throws InterruptedException {
		if (!await(TIMEOUT, condition)) {
			throw new IllegalStateException("Not true within a minute: " + what);
		}
	}

	/**
	 * Waits for a condition, and returns false if it is not true in time.
	 */
	static boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				return false;
			}
			Thread.sleep(PAUSE_MILLIS);
		}
		return true;
	}

	@Override
	public void close() {
		this.instances.forEach((instance) -> instance.context().close());
	}

	/**
	 * An instance of the application.
	 */
	record Instance(ConfigurableApplicationContext context) {

		DataSource dataSource() {
			return this.context.getBean(DataSource.class);
		}

		/**
		 * Returns the instants of route changes after another instant, ascending.
		 */
		List<Instant> changesAfter(Instant moment) {
			return state().changes().stream().map(RouteChange::at).filter((at) -> at.isAfter(moment)).sorted().toList();
		}

		private FailoverState state() {
			return this.context.getBean(Failover.class).state();
		}

	}

}
