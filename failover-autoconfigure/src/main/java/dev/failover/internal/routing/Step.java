package dev.failover.internal.routing;

import java.lang.Thread.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A held caller's way into the pool, behind the caller that came before it: it goes when
 * that one has its connection, has given up, or waits in the pool's own queue, which is
 * first in, first out.
 * <p>
 * Made and used by the caller's thread, watched by the next one's.
 */
final class Step {

	/** A pool that looks whether a connection is alive does so before it hands it out. */
	private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long PAUSE = 20_000;

	private final CountDownLatch begun = new CountDownLatch(1);

	private volatile @Nullable Thread caller = Thread.currentThread();

	private volatile @Nullable Step before;

	/**
	 * Create a step.
	 * @param before the one before it, or null
	 */
	Step(@Nullable Step before) {
		this.before = before;
	}

	/**
	 * Wait until it is this caller's turn. If the thread is interrupted, it does not
	 * wait, and still is.
	 * @param deadline when to stop waiting, in {@link System#nanoTime()}
	 */
	void begin(long deadline) {
		awaitThoseBefore(deadline);
		this.before = null;
		this.begun.countDown();
	}

	/**
	 * Let the next one go: the caller is served, or waits again, or has given up.
	 */
	void end() {
		this.caller = null;
		this.begun.countDown();
		Step ahead = this.before;
		while (ahead != null && ahead.caller == null) {
			ahead = ahead.before;
		}
		this.before = ahead;
	}

	private void awaitThoseBefore(long deadline) {
		Step ahead = this.before;
		while (ahead != null && ahead.awaitPassed(deadline)) {
			// one that gave up before its turn leaves those before it
			ahead = ahead.before;
		}
	}

	private boolean awaitPassed(long deadline) {
		try {
			if (!this.begun.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				return false;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		long begun = System.nanoTime();
		while (!passed() && System.nanoTime() - begun < LONGEST) {
			LockSupport.parkNanos(PAUSE);
		}
		return true;
	}

	private boolean passed() {
		Thread thread = this.caller;
		State state = (thread != null) ? thread.getState() : State.TERMINATED;
		return state == State.TIMED_WAITING || state == State.WAITING || state == State.TERMINATED;
	}

}
