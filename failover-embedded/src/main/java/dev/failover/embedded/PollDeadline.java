package dev.failover.embedded;

import java.time.Duration;

/**
 * A deadline up to which conditions are polled, every few milliseconds.
 */
final class PollDeadline {

	private static final Duration INTERVAL = Duration.ofMillis(5);

	private final long nanoTime;

	private PollDeadline(long nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Return a deadline that passes after a number of seconds from now.
	 * @param seconds the number of seconds
	 * @return the deadline
	 */
	static PollDeadline inSeconds(long seconds) {
		return new PollDeadline(System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
	}

	/**
	 * Poll a condition until it holds or the deadline has passed. The condition is tested
	 * at least once.
	 * @param <X> the type of exception that the condition throws
	 * @param condition the condition
	 * @return whether the condition holds
	 * @throws X if the condition could not be tested
	 * @throws EmbeddedPostgresException if this thread was interrupted
	 */
	<X extends Exception> boolean await(Condition<X> condition) throws X {
		while (!condition.holds()) {
			if (System.nanoTime() - this.nanoTime >= 0) {
				return false;
			}
			pause();
		}
		return true;
	}

	/**
	 * Poll a condition until it holds.
	 * @param <X> the type of exception that the condition throws
	 * @param condition the condition
	 * @param message message of the exception when the deadline has passed
	 * @throws X if the condition could not be tested
	 * @throws EmbeddedPostgresException if the deadline has passed or this thread was
	 * interrupted
	 */
	<X extends Exception> void await(Condition<X> condition, String message) throws X {
		if (!await(condition)) {
			throw new EmbeddedPostgresException(message);
		}
	}

	private static void pause() {
		try {
			Thread.sleep(INTERVAL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedPostgresException("Interrupted while waiting for an embedded server", ex);
		}
	}

	/**
	 * A condition that is polled.
	 *
	 * @param <X> the type of exception that it throws
	 */
	@FunctionalInterface
	interface Condition<X extends Exception> {

		boolean holds() throws X;

	}

}
