package dev.failover.internal.detection;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Clock that counts only the time in which this JVM was running. It waits in short
 * slices; a slice that took far longer than requested was a stall of this JVM (garbage
 * collection, suspended machine) and says nothing about the node.
 * <p>
 * Confined to one thread.
 */
final class StallTolerantClock {

	private static final long SLICE = Duration.ofMillis(50).toNanos();

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
	 * Waits for an element, for at most the given number of counted nanoseconds.
	 */
	<T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
		long until = this.counted + nanos;
		do {
			long slice = Math.min(SLICE, Math.max(0, until - this.counted));
			long before = this.clock.nanoTime();
			T element = queue.poll(slice, TimeUnit.NANOSECONDS);
			this.counted += Math.min(this.clock.nanoTime() - before, slice + SLICE);
			if (element != null) {
				return element;
			}
		}
		while (this.counted < until);
		return null;
	}

}
