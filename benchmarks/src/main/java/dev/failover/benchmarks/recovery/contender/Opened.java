package dev.failover.benchmarks.recovery.contender;

import java.time.Duration;

import javax.sql.DataSource;

/**
 * A contender at work on a pair.
 */
public interface Opened extends AutoCloseable {

	DataSource writes();

	DataSource reads();

	/**
	 * Whatever it does again and again, it does once in this time.
	 */
	default Duration period() {
		return Duration.ofSeconds(1);
	}

	/**
	 * Wait until such a period begins, if it is known when.
	 */
	default void awaitPeriod() throws InterruptedException {
	}

	/**
	 * Told that the fault begins to strike, which no client ever is.
	 */
	default void strikes() {
	}

	@Override
	void close();

}
