package dev.failover.internal.detection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.failover.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the prober of a node for a probe before the next period, for example after a
 * suspicion, and records the first bad signal of a loss. Thread-safe. No method but
 * {@link #await} blocks.
 */
public final class ProbeSignal {

	/** Longest time for which lost nodes are asked often after an outage. */
	private static final long MOST_AFTER_OUTAGE = TimeUnit.MINUTES.toNanos(1);

	private final NodeBreaker breaker;

	private final ProbeClock clock;

	private final Semaphore wakeUp = new Semaphore(0);

	private final AtomicLong firstBad = new AtomicLong();

	private final AtomicLong urgentSince = new AtomicLong();

	private final AtomicLong sharedSince = new AtomicLong();

	private volatile @Nullable Outage lastOutage;

	public ProbeSignal(NodeBreaker breaker, ProbeClock clock) {
		this.breaker = breaker;
		this.clock = clock;
	}

	/**
	 * Raises a suspicion: an error in traffic could mean that the node is lost. The node
	 * is probed at once.
	 */
	public void suspect() {
		if (this.breaker.state() != BreakerState.OPEN) {
			this.firstBad.compareAndSet(0, this.clock.nanoTime());
			wake();
		}
	}

	/**
	 * Wakes the prober, so that the node is probed at once.
	 */
	public void wake() {
		if (this.wakeUp.availablePermits() == 0) {
			this.wakeUp.release();
		}
	}

	/**
	 * Makes the prober probe more often until {@link #relax} is called, because no node
	 * accepts writes.
	 */
	public void hurry() {
		if (this.urgentSince.compareAndSet(0, this.clock.nanoTime())) {
			wake();
		}
	}

	/**
	 * Returns to the usual period. A node that is lost is asked often for as long again,
	 * up to a minute: its name may be about to follow the new leader. A shorter time
	 * without writes after that, such as a switchover, does not end this earlier.
	 */
	public void relax() {
		long since = this.urgentSince.getAndSet(0);
		if (since != 0) {
			long now = this.clock.nanoTime();
			Outage ended = new Outage(since, now + Math.min(now - since, MOST_AFTER_OUTAGE));
			Outage last = this.lastOutage;
			if (last == null || ended.until() - last.until() > 0) {
				this.lastOutage = ended;
			}
		}
	}

	/**
	 * Returns the time since which probes are urgent, on the clock of the prober, or 0.
	 */
	long urgentSince() {
		return this.urgentSince.get();
	}

	/**
	 * Returns the same for a node that is lost.
	 */
	long urgentSinceLoss() {
		long since = urgentSince();
		Outage last = this.lastOutage;
		if (since == 0 && last != null && last.until() - this.clock.nanoTime() > 0) {
			return last.since();
		}
		return since;
	}

	/**
	 * Records whether the name of the node leads to the same server as that of another
	 * one, which often ends soon: services learn of a change of roles one after the
	 * other.
	 */
	public void shared(boolean shared) {
		if (shared) {
			this.sharedSince.compareAndSet(0, this.clock.nanoTime());
		}
		else {
			this.sharedSince.set(0);
		}
	}

	/**
	 * Returns the time since which another name leads to the same server, on the clock of
	 * the prober, or 0.
	 */
	long sharedSince() {
		return this.sharedSince.get();
	}

	/**
	 * Returns the first bad signal that no good answer has followed, on the clock of the
	 * prober, or 0.
	 */
	long firstBad() {
		return this.firstBad.get();
	}

	/**
	 * Records a failed probe.
	 */
	void failed(long startedNanos) {
		this.firstBad.compareAndSet(0, startedNanos);
	}

	/**
	 * Records a good answer: signals from before the probe started no longer count.
	 */
	void answered(long startedNanos) {
		long signal = this.firstBad.get();
		if (signal - startedNanos <= 0) {
			this.firstBad.compareAndSet(signal, 0);
		}
	}

	/**
	 * Blocks the prober until it is woken or the time has passed.
	 * @return whether it was woken
	 */
	boolean await(Duration time) throws InterruptedException {
		boolean woken = this.wakeUp.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
		if (woken) {
			this.wakeUp.drainPermits();
		}
		return woken;
	}

	/**
	 * Time without a node that accepts writes, on the clock of the prober.
	 *
	 * @param since its beginning
	 * @param until until when lost nodes are asked often
	 */
	private record Outage(long since, long until) {

	}

}
