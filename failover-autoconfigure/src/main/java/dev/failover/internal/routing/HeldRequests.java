package dev.failover.internal.routing;

import java.lang.Thread.State;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Holds callers: blocks them while no pool can serve them, and wakes them on a new route.
 * Each caller takes a {@link Ticket} on arrival; the tickets let the callers enter the
 * pool in order of arrival. A caller for whom the new route has no pool, either, takes a
 * new ticket. Thread-safe.
 */
final class HeldRequests {

	private final ReentrantLock lock = new ReentrantLock(true);

	private final Condition routeChanged = this.lock.newCondition();

	private @Nullable Ticket last;

	/**
	 * Blocks the caller until a condition holds. It is evaluated on arrival and each time
	 * all are woken.
	 * @param deadline time at which to stop waiting, in {@link System#nanoTime()}
	 * @return the ticket of the caller, which has ended if the deadline has passed
	 * @throws SQLException if the thread was interrupted; its interrupt status is set
	 */
	Ticket await(BooleanSupplier condition, long deadline) throws SQLException {
		Ticket ticket = Ticket.none();
		boolean served = false;
		this.lock.lock();
		try {
			ticket.before = this.last;
			this.last = ticket;
			long left = deadline - System.nanoTime();
			while (!condition.getAsBoolean() && left > 0) {
				left = this.routeChanged.awaitNanos(left);
			}
			served = left > 0;
			return ticket;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while waiting for a database node", ex);
		}
		finally {
			if (!served) {
				ticket.end();
			}
			this.lock.unlock();
		}
	}

	/**
	 * Returns the number of callers that wait now.
	 */
	int waiting() {
		this.lock.lock();
		try {
			return this.lock.getWaitQueueLength(this.routeChanged);
		}
		finally {
			this.lock.unlock();
		}
	}

	void wakeAll() {
		this.lock.lock();
		try {
			this.routeChanged.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ticket of a held caller. The caller may enter the pool once the ticket before it
	 * was served, gave up, or is queued inside HikariCP, whose queue is FIFO.
	 * <p>
	 * Created and used by the caller's thread; the thread of the next caller waits on it.
	 */
	static final class Ticket {

		/**
		 * Longest wait for the previous caller once it has entered the pool: the pool may
		 * validate a connection before it hands it out.
		 */
		private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

		private static final long PAUSE = 20_000;

		private final CountDownLatch begun = new CountDownLatch(1);

		private volatile @Nullable Thread caller = Thread.currentThread();

		private volatile @Nullable Ticket before;

		Ticket(@Nullable Ticket before) {
			this.before = before;
		}

		/**
		 * Returns a ticket for a caller that has not waited.
		 */
		static Ticket none() {
			return new Ticket(null);
		}

		/**
		 * Blocks until it is this caller's turn. Returns at once if the thread is
		 * interrupted, and leaves its interrupt status set.
		 * @param deadline time at which to stop waiting, in {@link System#nanoTime()}
		 */
		void begin(long deadline) {
			awaitThoseBefore(deadline);
			this.before = null;
			this.begun.countDown();
		}

		/**
		 * Lets the next caller proceed: this one is served, waits again, or has given up.
		 */
		void end() {
			this.caller = null;
			this.begun.countDown();
			Ticket ahead = this.before;
			while (ahead != null && ahead.caller == null) {
				ahead = ahead.before;
			}
			this.before = ahead;
		}

		private void awaitThoseBefore(long deadline) {
			Ticket ahead = this.before;
			while (ahead != null && ahead.awaitPassed(deadline)) {
				// a caller that gave up before its turn still waits for those before it
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
			long started = System.nanoTime();
			while (!hasPassed() && System.nanoTime() - started < LONGEST_WAIT) {
				LockSupport.parkNanos(PAUSE);
			}
			return true;
		}

		private boolean hasPassed() {
			Thread thread = this.caller;
			State state = (thread != null) ? thread.getState() : State.TERMINATED;
			return state == State.TIMED_WAITING || state == State.WAITING || state == State.TERMINATED;
		}

	}

}
