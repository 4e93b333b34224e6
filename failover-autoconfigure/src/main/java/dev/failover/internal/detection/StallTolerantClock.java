package dev.failover.internal.detection;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Clock that counts only the time in which this process was running. It waits in short
 * slices. A slice from which the waiting thread returns late shows that threads of this
 * process got no processor (garbage collection, suspended machine, exhausted quota): it
 * says hardly anything about the node, so only a small part of it counts.
 * <p>
 * Confined to one thread.
 */
final class StallTolerantClock {

	private static final long SLICE = Duration.ofMillis(50).toNanos();

	/**
	 * Delay of a thread that gets a processor when it needs one. With a quota, threads
	 * are delayed until its next period, which is 100 ms long on Linux.
	 */
	private static final long PROMPT = Duration.ofMillis(25).toNanos();

	/**
	 * Divisor of the part of a late slice that counts: a node that is silent on a machine
	 * without a processor to give is lost at last.
	 */
	private static final int LATE = 10;

	private static final long LEAST = Duration.ofMillis(1).toNanos();

	private final ProbeClock clock;

	private long counted;

	StallTolerantClock(ProbeClock clock) {
		this.clock = clock;
	}

	/**
	 * Returns the nanoseconds counted so far.
	 */
	long now() {
		return this.counted;
	}

	/**
	 * Waits for an element, for one slice and at most the given number of nanoseconds.
	 */
	<T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
		long slice = Math.min(SLICE, Math.max(0, nanos));
		long before = this.clock.nanoTime();
		T element = queue.poll(slice, TimeUnit.NANOSECONDS);
		long elapsed = this.clock.nanoTime() - before;
		this.counted += (elapsed - slice <= PROMPT) ? elapsed : Math.max(LEAST, slice / LATE);
		return element;
	}

}
