package dev.failover.internal.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts threads and, as long as it runs, starts those again that have ended. Tells which
 * of them do not work: they do not run, or do not get to the end of a turn.
 * <p>
 * Thread-safe. Counts the time of a turn in its own turns, so that a process that was
 * stopped altogether is not taken for one with a stuck thread.
 */
public final class Supervisor {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** Pause between two looks at the threads. */
	private static final Duration PERIOD = Duration.ofMillis(250);

	private final List<SupervisedThread> threads;

	private final Runnable workers;

	private final Clock clock;

	private final SupervisedThread own;

	private final Map<SupervisedThread, Progress> progress = new HashMap<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable Problem problem;

	/**
	 * Creates a supervisor.
	 * @param workers makes the workers that are missing; called in each turn
	 * @param factory makes its own thread
	 */
	public Supervisor(List<SupervisedThread> threads, Runnable workers, Clock clock, ThreadFactory factory) {
		this.threads = List.copyOf(threads);
		this.workers = workers;
		this.clock = clock;
		this.own = new SupervisedThread("failover-supervisor", Duration.ofMinutes(1), this::turn, factory);
	}

	/**
	 * Starts all threads. One that cannot be started now is started later.
	 */
	public void start() {
		this.own.start();
		look();
	}

	/**
	 * Returns why the threads do not all work, or null if they do.
	 */
	public @Nullable Problem problem() {
		Problem known = this.problem;
		return (known != null || this.own.isAlive()) ? known
				: new Problem("The thread '" + this.own.name() + "' has ended", this.clock.instant());
	}

	private void turn() throws InterruptedException {
		if (!this.closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
			look();
			this.workers.run();
		}
	}

	/**
	 * Looks at all threads and starts those that do not run.
	 */
	private synchronized void look() {
		String found = null;
		for (SupervisedThread thread : this.threads) {
			String detail = revive(thread);
			found = (found != null) ? found : detail;
		}
		Problem before = this.problem;
		if (found == null && before != null) {
			this.problem = null;
			logger.info("The engine of failover works again. No action is needed");
		}
		else if (found != null && (before == null || !found.equals(before.detail()))) {
			this.problem = new Problem(found, (before != null) ? before.since() : this.clock.instant());
			logger.error("The engine of failover does not work: {}. The data source keeps its route, but the loss of "
					+ "a node is not noticed. It recovers by itself as soon as it can; if this lasts, restart "
					+ "the application", found);
		}
	}

	private @Nullable String revive(SupervisedThread thread) {
		boolean known = this.progress.containsKey(thread);
		try {
			if (thread.start() && known) {
				logger.warn("The thread '{}' had ended and was started again with what it knew", thread.name());
			}
			return stuck(thread);
		}
		catch (Throwable ex) {
			return "the thread '" + thread.name() + "' does not run and could not be started: " + ex;
		}
	}

	private @Nullable String stuck(SupervisedThread thread) {
		long turns = thread.turns();
		Progress before = this.progress.get(thread);
		int looks = (before != null && before.turns() == turns) ? before.looks() + 1 : 0;
		this.progress.put(thread, new Progress(turns, looks));
		return (PERIOD.multipliedBy(looks).compareTo(thread.longestTurn()) > 0) ? "the thread '" + thread.name()
				+ "' has not ended a turn for " + thread.longestTurn().toSeconds() + " s" : null;
	}

	/**
	 * Stops all threads, and waits a moment for their end.
	 */
	public void close(Duration atMost) {
		this.closed.countDown();
		this.own.stop();
		this.threads.forEach(SupervisedThread::stop);
		this.threads.forEach((thread) -> thread.awaitEnd(atMost));
	}

	/**
	 * Reason why the threads do not all work.
	 *
	 * @param detail which thread does not work, and why
	 * @param since time at which that was found
	 */
	public record Problem(String detail, Instant since) {

	}

	/**
	 * Number of turns of a thread, and of looks that have found the same one.
	 */
	private record Progress(long turns, int looks) {

	}

}
