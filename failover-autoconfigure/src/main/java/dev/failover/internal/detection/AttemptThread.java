package dev.failover.internal.detection;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

import org.jspecify.annotations.Nullable;

/**
 * Thread that runs an attempt, as the prober sees it. Without support by the JVM it
 * counts as one that waits all the time. Thread-safe.
 */
class AttemptThread {

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private static final boolean measured = threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();

	private volatile @Nullable Thread thread;

	private volatile boolean ended;

	private long before;

	/**
	 * Records that the current thread begins the attempt.
	 */
	void begin() {
		this.before = measured ? threads.getCurrentThreadCpuTime() : 0;
		this.thread = Thread.currentThread();
	}

	/**
	 * Records that the thread has left the attempt and may do something else.
	 */
	void end() {
		this.ended = true;
		this.thread = null;
	}

	/**
	 * Returns the processor time that the thread has taken for the attempt, in
	 * nanoseconds.
	 */
	long processorTime() {
		Thread current = this.thread;
		return (current != null && measured) ? Math.max(0, threads.getThreadCpuTime(current.getId()) - this.before) : 0;
	}

	/**
	 * Returns whether the thread waits in the operating system, as for a socket. It does
	 * not if it has not started yet, works, has no processor to work on, or waits for
	 * another thread to load a class.
	 */
	boolean isWaiting() {
		Thread current = this.thread;
		if (current == null) {
			return this.ended;
		}
		ThreadInfo info = threads.getThreadInfo(current.getId(), 1);
		if (info == null || info.getStackTrace().length == 0) {
			return true;
		}
		return info.getStackTrace()[0].isNativeMethod();
	}

}
