package dev.failover.internal.drill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.failover.DrillReport;
import dev.failover.OperationRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Runs drills, one at a time; each ends by itself. Thread-safe.
 */
public final class DrillRunner {

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final boolean enabled;

	private final Executor workers;

	private final AtomicReference<@Nullable Drill> under = new AtomicReference<>();

	public DrillRunner(boolean enabled, Executor workers) {
		this.enabled = enabled;
		this.workers = workers;
	}

	/**
	 * Refuse what may not begin.
	 * @throws OperationRefusedException with the reason
	 */
	public void check(Duration duration, boolean ready, boolean automatic) {
		if (!this.enabled) {
			throw new OperationRefusedException("Drills are off; set failover.drill.enabled=true to allow them");
		}
		if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
			throw new OperationRefusedException("A drill lasts up to " + LONGEST + ", not " + duration);
		}
		if (!automatic) {
			throw new OperationRefusedException("Automatic changes are paused; resume them first");
		}
		if (!ready) {
			throw new OperationRefusedException("No other node could take over now; the conditions say why");
		}
	}

	/**
	 * Run a drill; the outcome comes at its end.
	 */
	public CompletableFuture<DrillReport> run(Drill drill, Duration duration) {
		if (!this.under.compareAndSet(null, drill)) {
			throw new OperationRefusedException("Another drill is under way");
		}
		drill.begin();
		return CompletableFuture.supplyAsync(() -> end(drill),
				CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS, this.workers));
	}

	private DrillReport end(Drill drill) {
		try {
			return drill.end();
		}
		finally {
			this.under.set(null);
		}
	}

}
