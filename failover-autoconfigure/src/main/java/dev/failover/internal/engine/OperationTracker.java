package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.failover.FailoverState;
import dev.failover.Operation;
import dev.failover.internal.monitor.ChangePublisher;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations and publishes the request and the end of each, also of those that are
 * refused. Thread-safe.
 */
final class OperationTracker {

	private final ChangePublisher publisher;

	private final Supplier<FailoverState> states;

	private final Clock clock;

	private final AtomicReference<@Nullable Operation> current = new AtomicReference<>();

	OperationTracker(ChangePublisher publisher, Supplier<FailoverState> states, Clock clock) {
		this.publisher = publisher;
		this.states = states;
		this.clock = clock;
	}

	/**
	 * Returns the operation under way, or null.
	 */
	@Nullable Operation current() {
		return this.current.get();
	}

	/**
	 * Runs an operation. One that is requested while another is under way is not shown as
	 * the current one.
	 * @param start starts the operation; its exceptions are thrown by this method, too
	 * @return completes as the operation does, after its end was published
	 */
	<T> CompletableFuture<T> run(Operation operation, Supplier<CompletableFuture<T>> start) {
		this.publisher.operationRequested(operation, this.states.get());
		this.current.compareAndSet(null, operation);
		CompletableFuture<T> outcome = new CompletableFuture<>();
		try {
			start.get().whenComplete((result, failure) -> complete(operation, outcome, result, unwrap(failure)));
		}
		catch (RuntimeException | Error ex) {
			end(operation, ex);
			throw ex;
		}
		return outcome;
	}

	private <T> void complete(Operation operation, CompletableFuture<T> outcome, T result,
			@Nullable Throwable failure) {
		try {
			end(operation, failure);
		}
		finally {
			if (failure != null) {
				outcome.completeExceptionally(failure);
			}
			else {
				outcome.complete(result);
			}
		}
	}

	private void end(Operation operation, @Nullable Throwable failure) {
		this.current.compareAndSet(operation, null);
		Duration took = Duration.between(operation.since(), this.clock.instant());
		this.publisher.operationEnded(operation, took, failure, this.states.get());
	}

	private static @Nullable Throwable unwrap(@Nullable Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
