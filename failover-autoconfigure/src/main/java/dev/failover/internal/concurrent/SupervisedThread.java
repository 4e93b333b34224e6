package dev.failover.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that runs turns until it is stopped. Whatever a turn throws ends that turn only,
 * and so does an interrupt that does not come from {@link #stop()}. A thread that has
 * ended nevertheless, or could not be started, can be started again: the object whose
 * turns it runs keeps what it knows.
 * <p>
 * Thread-safe. At most one thread runs turns at a time.
 */
public final class SupervisedThread {

	private static final Logger logger = LoggerFactory.getLogger(SupervisedThread.class);

	/** Pause after a turn that failed, which may be one that fails at once each time. */
	private static final long PAUSE_AFTER_ERROR = TimeUnit.MILLISECONDS.toNanos(10);

	private final String name;

	private final Duration longestTurn;

	private final Turn turn;

	private final ThreadFactory factory;

	private final UnexpectedErrors errors;

	private @Nullable Thread thread;

	private volatile long turns;

	private volatile boolean stopped;

	/**
	 * Creates the thread; {@link #start()} starts it.
	 * @param longestTurn time after which a turn that has not ended counts as stuck
	 * @param factory makes the thread
	 */
	public SupervisedThread(String name, Duration longestTurn, Turn turn, ThreadFactory factory) {
		this.name = name;
		this.longestTurn = longestTurn;
		this.turn = turn;
		this.factory = factory;
		this.errors = new UnexpectedErrors(logger, "A turn of the thread '" + name + "' ended with an unexpected "
				+ "error. Failover continues with the next turn; please report this");
	}

	public String name() {
		return this.name;
	}

	Duration longestTurn() {
		return this.longestTurn;
	}

	/**
	 * Starts the thread, unless it runs or was stopped.
	 * @return whether a thread was started
	 */
	public synchronized boolean start() {
		if (this.stopped || isAlive()) {
			return false;
		}
		Thread next = this.factory.newThread(this::run);
		next.setName(this.name);
		next.start();
		this.thread = next;
		return true;
	}

	/**
	 * Returns whether the thread runs.
	 */
	public synchronized boolean isAlive() {
		return this.thread != null && this.thread.isAlive();
	}

	/**
	 * Returns the number of turns that have ended.
	 */
	long turns() {
		return this.turns;
	}

	private void run() {
		while (!this.stopped) {
			runTurn();
		}
		this.turn.end();
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time writes
	private void runTurn() {
		try {
			this.turn.run();
		}
		catch (InterruptedException ex) {
			// either the thread was stopped, or the interrupt was meant for the turn
		}
		catch (Throwable ex) {
			if (!this.stopped) {
				this.errors.report(ex);
			}
			LockSupport.parkNanos(PAUSE_AFTER_ERROR);
		}
		this.turns++;
	}

	/**
	 * Interrupts the current turn and runs no other. Does not wait for the end.
	 */
	public synchronized void stop() {
		this.stopped = true;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	/**
	 * Waits until the thread has ended, for a limited time.
	 */
	public void awaitEnd(Duration atMost) {
		Thread running;
		synchronized (this) {
			running = this.thread;
		}
		try {
			if (running != null && running != Thread.currentThread()) {
				running.join(atMost.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * One turn of the work.
	 */
	@FunctionalInterface
	public interface Turn {

		/**
		 * Runs the turn. Must wait for something, so that turns do not follow each other
		 * without a pause.
		 */
		void run() throws InterruptedException;

		/**
		 * Called on the thread after the last turn, when it was stopped.
		 */
		default void end() {
		}

	}

}
