package dev.failover.embedded;

import java.time.Duration;

/**
 * Waits in small steps up to a deadline.
 */
final class Patience {

	private static final Duration STEP = Duration.ofMillis(5);

	private final long deadline;

	private Patience(Duration limit) {
		this.deadline = System.nanoTime() + limit.toNanos();
	}

	static Patience of(Duration limit) {
		return new Patience(limit);
	}

	static Patience seconds(long seconds) {
		return of(Duration.ofSeconds(seconds));
	}

	boolean isOver() {
		return System.nanoTime() - this.deadline >= 0;
	}

	/**
	 * Wait a step.
	 * @param complaint what to say when the time is up
	 */
	void pause(String complaint) {
		if (isOver()) {
			throw new EmbeddedPostgresException(complaint);
		}
		pause();
	}

	/**
	 * Wait a step, whatever the time.
	 */
	void pause() {
		try {
			Thread.sleep(STEP.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedPostgresException("Interrupted while waiting", ex);
		}
	}

}
