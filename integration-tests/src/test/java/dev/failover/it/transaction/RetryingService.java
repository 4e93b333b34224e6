package dev.failover.it.transaction;

import java.util.concurrent.atomic.AtomicInteger;

import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;

import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.annotation.Transactional;

/**
 * A service with retries as {@code docs/retry.md} describes it. The retry wraps the
 * transaction: each attempt is a transaction of its own.
 */
class RetryingService {

	private final AtomicInteger attempts = new AtomicInteger();

	@Retryable(
			includes = { NodeLostException.class, NoWritableNodeException.class,
					CannotCreateTransactionException.class },
			excludes = CommitOutcomeUnknownException.class, maxRetries = 200, delay = 50, jitter = 25)
	@Transactional
	public void run(Runnable work) {
		this.attempts.incrementAndGet();
		work.run();
	}

	int attempts() {
		return this.attempts.get();
	}

}
