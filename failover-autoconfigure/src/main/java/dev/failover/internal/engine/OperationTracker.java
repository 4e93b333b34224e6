package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.failover.FailoverState;
import dev.failover.Operation;
import dev.failover.OperationRefusedException;
import dev.failover.internal.monitor.ChangePublisher;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations and publishes the request and the end of each, also of those that are
 * refused. Those that move the route, or pretend that a node is lost, exclude each other.
 * Thread-safe.
 */
final class OperationTracker {

	private final ChangePublisher publisher;

	private final Supplier<FailoverState> states;

	private final Clock clock;

	private final Executor workers;

	/** Operation under way that excludes others. */
	private final AtomicReference<@Nullable Operation> exclusive = new AtomicReference<>();

	/** Operation under way that excludes none. */
	private final AtomicReference<@Nullable Operation> brief = new AtomicReference<>();

	/**
	 * Creates a tracker.
	 * @param workers threads that call those who wait for the end of an operation
	 */
	OperationTracker(ChangePublisher publisher, Supplier<FailoverState> states, Clock clock, Executor workers) {
		this.publisher = publisher;
		this.states = states;
		this.clock = clock;
		this.workers = workers;
	}

	/**
	 * Returns the operation under way, or null.
	 */
	@Nullable Operation current() {
		Operation moving = this.exclusive.get();
		return (moving != null) ? moving : this.brief.get();
	}

	/**
	 * Runs an operation.
	 * @param start starts the operation; its exceptions are thrown by this method, too
	 * @return completes as the operation does, after its end was published
	 * @throws OperationRefusedException if an operation that excludes it is under way
	 */
	<T> CompletableFuture<T> run(Operation operation, Supplier<CompletableFuture<T>> start) {
		this.publisher.operationRequested(operation, this.states.get());
		CompletableFuture<T> outcome = new CompletableFuture<>();
		try {
			begin(operation);
			start.get()
				.whenComplete((result, failure) -> later(() -> complete(operation, outcome, result, unwrap(failure))));
		}
		catch (Throwable ex) {
			end(operation, ex);
			throw ex;
		}
		return outcome;
	}

	private void begin(Operation operation) {
		if (!isExclusive(operation)) {
			this.brief.compareAndSet(null, operation);
			return;
		}
		Operation other = this.exclusive.compareAndExchange(null, operation);
		if (other != null) {
			throw new OperationRefusedException("The operation '" + other.action().label() + "' of " + other.operator()
					+ " is under way since " + other.since() + "; request this one again when it has ended");
		}
	}

	private static boolean isExclusive(Operation operation) {
		return switch (operation.action()) {
			case SWITCHOVER, FAILBACK, DRILL -> true;
			case PAUSE, RESUME -> false;
		};
	}

	/**
	 * Runs the end of an operation on a worker: those who wait for it may block, which
	 * the thread that ends it must not. Without a worker, it is run at once.
	 */
	private void later(Runnable end) {
		try {
			this.workers.execute(end);
		}
		catch (Throwable ex) {
			end.run();
		}
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
		this.exclusive.compareAndSet(operation, null);
		this.brief.compareAndSet(operation, null);
		Duration took = Duration.between(operation.since(), this.clock.instant());
		this.publisher.operationEnded(operation, took, failure, this.states.get());
	}

	private static @Nullable Throwable unwrap(@Nullable Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
