package dev.failover.internal.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Holds back the failure of a suspicious connect until the prober's next verdict. If it
 * were thrown at once, HikariCP would back off for up to 5 s, and its waiters would wait.
 * Thread-safe.
 */
final class VerdictLatch {

	private final Predicate<SQLException> suspect;

	private final Duration longest;

	private volatile CompletableFuture<Void> next = new CompletableFuture<>();

	/**
	 * Creates a latch.
	 * @param suspect raises a suspicion if a failed connect could mean that the node is
	 * lost, and returns whether it did
	 * @param longest longest time for which a failure is held back
	 */
	VerdictLatch(Predicate<SQLException> suspect, Duration longest) {
		this.suspect = suspect;
		this.longest = longest;
	}

	/**
	 * Returns the next verdict. Called before a connect begins, so that a verdict during
	 * the connect counts.
	 */
	CompletableFuture<Void> next() {
		return this.next;
	}

	/**
	 * Blocks the thread whose connect has failed until the verdict is known, if the
	 * failure is suspicious.
	 * @throws SQLException the failure, if the thread was interrupted
	 */
	void await(SQLException failure, CompletableFuture<Void> verdict) throws SQLException {
		if (!this.suspect.test(failure)) {
			return;
		}
		try {
			verdict.get(this.longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// the failure is thrown without a verdict
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
		catch (ExecutionException ex) {
			throw failure;
		}
	}

	/**
	 * Releases the threads that wait: the prober has asked the node.
	 */
	void release() {
		CompletableFuture<Void> pending = this.next;
		this.next = new CompletableFuture<>();
		pending.complete(null);
	}

}
