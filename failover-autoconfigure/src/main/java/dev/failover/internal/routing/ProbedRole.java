package dev.failover.internal.routing;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.failover.Role;

/**
 * Role of a node that its last probe has read. Whether a node refused a write because it
 * was demoted is known from a probe that began after the refusal. Thread-safe.
 */
final class ProbedRole {

	/**
	 * Longest wait for a probe: the node has answered a moment ago, and is probed at
	 * once.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition probed = this.lock.newCondition();

	private Role role = Role.UNKNOWN;

	private long started = System.nanoTime();

	/**
	 * Records the outcome of a probe.
	 * @param role the role, {@code UNKNOWN} if the node did not tell it
	 * @param startedNanos {@link System#nanoTime()} at which the probe began
	 */
	void probed(Role role, long startedNanos) {
		this.lock.lock();
		try {
			if (startedNanos - this.started > 0) {
				this.role = role;
				this.started = startedNanos;
				this.probed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the role that was read by a probe that began after a time. Waits for this
	 * probe if necessary.
	 * @param nanos the time, in {@link System#nanoTime()}
	 * @return the role; {@code UNKNOWN} if there was no such probe within a second, or
	 * the thread was interrupted
	 */
	Role since(long nanos) {
		this.lock.lock();
		try {
			long left = LONGEST_WAIT.toNanos();
			while (this.started - nanos < 0 && left > 0) {
				left = this.probed.awaitNanos(left);
			}
			return (this.started - nanos >= 0) ? this.role : Role.UNKNOWN;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Role.UNKNOWN;
		}
		finally {
			this.lock.unlock();
		}
	}

}
