package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What callers wait for who have nowhere to go: it rings when the route has changed.
 * First in, first out. Thread-safe.
 */
final class Bell {

	private final ReentrantLock lock = new ReentrantLock(true);

	private final Condition rung = this.lock.newCondition();

	private @Nullable Step last;

	/**
	 * Wait until something is so; it is looked at each time the bell rings.
	 * @param deadline when to stop waiting, in {@link System#nanoTime()}
	 * @return the caller's step, behind that of who was let go before it
	 * @throws SQLException if the thread was interrupted; it still is
	 */
	Step await(BooleanSupplier so, long deadline) throws SQLException {
		this.lock.lock();
		try {
			long left = deadline - System.nanoTime();
			while (!so.getAsBoolean() && left > 0) {
				left = this.rung.awaitNanos(left);
			}
			return (left > 0) ? letGo() : new Step(null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while waiting for a database node", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Step letGo() {
		Step step = new Step(this.last);
		this.last = step;
		return step;
	}

	/**
	 * How many wait now.
	 */
	int waiting() {
		this.lock.lock();
		try {
			return this.lock.getWaitQueueLength(this.rung);
		}
		finally {
			this.lock.unlock();
		}
	}

	void ring() {
		this.lock.lock();
		try {
			this.rung.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
