package dev.failover.internal.detection;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Counts only the time in which this JVM ran. It waits in short slices; a slice that took
 * far longer than asked was a stop of ours (garbage collection, suspended machine), and
 * proves nothing against the node that we were waiting for.
 * <p>
 * Confined to one thread.
 */
final class StallTolerantClock {

	private static final long SLICE = Duration.ofMillis(50).toNanos();

	private final NanoClock clock;

	private long awake;

	StallTolerantClock(NanoClock clock) {
		this.clock = clock;
	}

	/**
	 * Nanoseconds counted so far.
	 */
	long now() {
		return this.awake;
	}

	/**
	 * Wait for an element for at most that many counted nanoseconds.
	 */
	<T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
		long until = this.awake + nanos;
		do {
			long slice = Math.min(SLICE, Math.max(0, until - this.awake));
			long before = this.clock.nanoTime();
			T element = queue.poll(slice, TimeUnit.NANOSECONDS);
			this.awake += Math.min(this.clock.nanoTime() - before, slice + SLICE);
			if (element != null) {
				return element;
			}
		}
		while (this.awake < until);
		return null;
	}

}
