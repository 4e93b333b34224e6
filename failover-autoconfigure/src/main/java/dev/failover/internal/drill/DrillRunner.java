package dev.failover.internal.drill;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.failover.DrillReport;
import dev.failover.FailoverState;
import dev.failover.OperationRefusedException;

/**
 * Runs drills, one at a time; each ends by itself. Thread-safe.
 */
public final class DrillRunner {

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final boolean enabled;

	private final Executor workers;

	private final Clock clock;

	private final AtomicBoolean running = new AtomicBoolean();

	/**
	 * Creates a runner.
	 * @param enabled whether drills are allowed
	 * @param workers threads that end drills
	 */
	public DrillRunner(boolean enabled, Executor workers, Clock clock) {
		this.enabled = enabled;
		this.workers = workers;
		this.clock = clock;
	}

	/**
	 * Checks whether a drill may begin.
	 * @throws OperationRefusedException with the reason, if it may not
	 */
	public void check(Duration duration, FailoverState state) {
		if (!this.enabled) {
			throw new OperationRefusedException("Drills are off; set failover.drill.enabled=true to allow them");
		}
		if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
			throw new OperationRefusedException("A drill lasts up to " + LONGEST + ", not " + duration);
		}
		if (!state.automatic()) {
			throw new OperationRefusedException("Automatic changes are paused; resume them first");
		}
		if (!state.ready()) {
			throw new OperationRefusedException(
					"No other node could take over now; the conditions on the endpoint say why");
		}
	}

	/**
	 * Begins a drill.
	 * @return completes with the report when the drill has ended
	 * @throws OperationRefusedException if another drill is under way
	 */
	public CompletableFuture<DrillReport> run(Drill drill) {
		if (!this.running.compareAndSet(false, true)) {
			throw new OperationRefusedException("Another drill is under way");
		}
		try {
			drill.begin(this.clock.instant());
			return CompletableFuture.supplyAsync(() -> end(drill),
					CompletableFuture.delayedExecutor(drill.duration().toMillis(), TimeUnit.MILLISECONDS, this::end));
		}
		catch (Throwable ex) {
			drill.abandon();
			this.running.set(false);
			throw ex;
		}
	}

	/**
	 * Ends a drill on a worker, or on the calling thread if there is none: a drill must
	 * end.
	 */
	private void end(Runnable end) {
		try {
			this.workers.execute(end);
		}
		catch (Throwable ex) {
			end.run();
		}
	}

	private DrillReport end(Drill drill) {
		try {
			return drill.end();
		}
		finally {
			this.running.set(false);
		}
	}

}
