package dev.failover.benchmarks.recovery.contender;

import java.time.Duration;

import javax.sql.DataSource;

/**
 * A contender on a pair.
 */
public interface RunningContender extends AutoCloseable {

	/**
	 * Returns a contender with a data source for writes and one for reads.
	 */
	static RunningContender of(DataSource writes, DataSource reads, Runnable closing) {
		record Plain(DataSource writes, DataSource reads, Runnable closing) implements RunningContender {

			@Override
			public void close() {
				this.closing.run();
			}

		}
		return new Plain(writes, reads, closing);
	}

	DataSource writes();

	DataSource reads();

	/**
	 * Returns the period of the contender's own repeated work, for example its probes.
	 */
	default Duration period() {
		return Duration.ofSeconds(1);
	}

	/**
	 * Waits until a period begins, if that is known.
	 */
	default void awaitPeriod() throws InterruptedException {
	}

	/**
	 * Called at the start of the fault, which a client cannot know.
	 */
	default void faultBegins() {
	}

	@Override
	void close();

}
