package dev.failover.benchmarks.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.failover.embedded.EmbeddedPair;

/**
 * Many instances of an application on one pair, in this JVM.
 */
final class Fleet implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long PACE_MILLIS = 10;

	private final List<Instance> instances = new ArrayList<>();

	private Fleet() {
	}

	/**
	 * Start a fleet, and wait until each could fail over.
	 */
	static Fleet start(EmbeddedPair pair, int size, List<String> properties) throws InterruptedException {
		Fleet fleet = new Fleet();
		for (int i = 0; i < size; i++) {
			fleet.instances.add(Instance.start(pair, properties));
		}
		await("every instance is ready", () -> fleet.instances.stream().allMatch(Instance::ready));
		return fleet;
	}

	List<Instance> instances() {
		return this.instances;
	}

	/**
	 * Wait for something.
	 * @throws IllegalStateException if it does not come
	 */
	static void await(String what, BooleanSupplier condition) throws InterruptedException {
		if (!comes(PATIENCE, condition)) {
			throw new IllegalStateException("Waited in vain: " + what);
		}
	}

	/**
	 * Whether something comes in time.
	 */
	static boolean comes(Duration patience, BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				return false;
			}
			Thread.sleep(PACE_MILLIS);
		}
		return true;
	}

	@Override
	public void close() {
		this.instances.forEach(Instance::close);
	}

}
