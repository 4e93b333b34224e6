package dev.failover.internal.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link VerdictLatch}.
 */
@Timeout(60)
final class VerdictLatchTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private final SQLException failure = new SQLException("refused", "08001");

	@Test
	void aSuspiciousFailureWaitsForTheNextVerdict() throws Exception {
		VerdictLatch latch = new VerdictLatch((failure) -> true, LONG);
		CompletableFuture<Void> verdict = latch.next();
		Thread waiting = start(() -> latch.await(this.failure, verdict));
		await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
		latch.release();
		waiting.join();
		assertThat(verdict).isDone();
	}

	@Test
	void aVerdictDuringTheConnectCountsAndAnEarlierOneDoesNot() throws Exception {
		VerdictLatch latch = new VerdictLatch((failure) -> true, LONG);
		latch.release();
		CompletableFuture<Void> verdict = latch.next();
		assertThat(verdict).isNotDone();
		latch.release();
		latch.await(this.failure, verdict);
		assertThat(latch.next()).isNotDone();
	}

	@Test
	void anotherFailureDoesNotWait() throws Exception {
		VerdictLatch latch = new VerdictLatch((failure) -> failure != this.failure, LONG);
		latch.await(this.failure, latch.next());
		assertThat(latch.next()).isNotDone();
	}

	@Test
	void withoutAVerdictTheWaitEnds() throws Exception {
		VerdictLatch latch = new VerdictLatch((failure) -> true, Duration.ofMillis(5));
		long begun = System.nanoTime();
		latch.await(this.failure, latch.next());
		assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
	}

	@Test
	void anInterruptedWaitEndsWithTheFailure() {
		VerdictLatch latch = new VerdictLatch((failure) -> true, LONG);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> latch.await(this.failure, latch.next()))
			.isSameAs(this.failure);
		assertThat(Thread.interrupted()).isTrue();
	}

	private static Thread start(Wait wait) {
		Thread thread = new Thread(() -> {
			try {
				wait.run();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, "waiting");
		thread.start();
		return thread;
	}

	private interface Wait {

		void run() throws SQLException;

	}

}
