package dev.failover.embedded;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Assertions that hold after a time or for a time.
 */
final class TimedAssertions {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private TimedAssertions() {
	}

	/**
	 * Assert that an assertion holds at some time within 20 seconds.
	 */
	static void eventually(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(10))
			.pollDelay(Duration.ZERO)
			.ignoreExceptions()
			.untilAsserted(assertion);
	}

	/**
	 * Assert that an assertion holds all the time.
	 */
	static void throughout(Duration duration, ThrowingRunnable assertion) {
		Awaitility.await()
			.during(duration)
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(assertion);
	}

}
