package dev.failover;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@link Failover} with a given state, which refuses every operation.
 *
 * @param states provides the state
 * @param pool use of each pool
 */
public record StubFailover(Supplier<FailoverState> states, PoolStats pool) implements Failover {

	public StubFailover(Supplier<FailoverState> states) {
		this(states, new PoolStats(1, 9, 10, 10, 0));
	}

	@Override
	public FailoverState state() {
		return this.states.get();
	}

	@Override
	public PoolStats pool(Node node) {
		return this.pool;
	}

	@Override
	public RequestStats requests() {
		return new RequestStats(7, 2, 1);
	}

	@Override
	public CompletableFuture<RouteChange> switchover(Node target, boolean force, String operator) {
		return refused();
	}

	@Override
	public CompletableFuture<RouteChange> failback(String operator) {
		return refused();
	}

	@Override
	public CompletableFuture<Void> pause(String operator) {
		return refused();
	}

	@Override
	public CompletableFuture<Void> resume(String operator) {
		return refused();
	}

	@Override
	public CompletableFuture<DrillReport> drill(DrillFault fault, Duration duration, String operator) {
		return refused();
	}

	private static <T> CompletableFuture<T> refused() {
		return CompletableFuture.failedFuture(new OperationRefusedException("A stub carries out nothing"));
	}

}
