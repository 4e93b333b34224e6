package dev.failover.monitor;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads with numbered names.
 */
final class Daemons implements ThreadFactory {

	private final String prefix;

	private final AtomicInteger number = new AtomicInteger();

	private Daemons(String prefix) {
		this.prefix = prefix;
	}

	static Daemons named(String prefix) {
		return new Daemons(prefix);
	}

	@Override
	public Thread newThread(Runnable work) {
		Thread thread = new Thread(work, this.prefix + this.number.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}
