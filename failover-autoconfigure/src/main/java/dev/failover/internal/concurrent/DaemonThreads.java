package dev.failover.internal.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link ThreadFactory} that creates daemon threads with numbered names.
 */
public final class DaemonThreads implements ThreadFactory {

	private final String prefix;

	private final AtomicInteger number = new AtomicInteger();

	private DaemonThreads(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Returns a factory of threads whose names begin with a prefix.
	 */
	public static DaemonThreads named(String prefix) {
		return new DaemonThreads(prefix);
	}

	@Override
	public Thread newThread(Runnable work) {
		return create(this.prefix + this.number.incrementAndGet(), work);
	}

	/**
	 * Creates a single daemon thread, not yet started.
	 */
	public static Thread create(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		return thread;
	}

}
