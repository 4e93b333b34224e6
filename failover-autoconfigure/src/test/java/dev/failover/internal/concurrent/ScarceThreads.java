package dev.failover.internal.concurrent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads as long as a test lets it, and then fails as the virtual machine does.
 */
public final class ScarceThreads implements ThreadFactory {

	private final List<Thread> made = new CopyOnWriteArrayList<>();

	private volatile boolean exhausted;

	/**
	 * Sets whether no thread can be made from now on.
	 */
	public void exhaust(boolean exhausted) {
		this.exhausted = exhausted;
	}

	List<Thread> made() {
		return List.copyOf(this.made);
	}

	@Override
	public Thread newThread(Runnable work) {
		if (this.exhausted) {
			throw new OutOfMemoryError("unable to create native thread");
		}
		Thread thread = DaemonThreads.create("failover-test", work);
		this.made.add(thread);
		return thread;
	}

}
