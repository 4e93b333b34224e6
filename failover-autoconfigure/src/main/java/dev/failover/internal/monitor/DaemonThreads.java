package dev.failover.internal.monitor;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads with numbered names.
 */
public final class DaemonThreads implements ThreadFactory {

	private final String prefix;

	private final AtomicInteger number = new AtomicInteger();

	private DaemonThreads(String prefix) {
		this.prefix = prefix;
	}

	public static DaemonThreads named(String prefix) {
		return new DaemonThreads(prefix);
	}

	@Override
	public Thread newThread(Runnable work) {
		Thread thread = new Thread(work, this.prefix + this.number.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}
