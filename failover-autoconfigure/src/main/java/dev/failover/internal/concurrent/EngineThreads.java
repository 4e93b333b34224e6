package dev.failover.internal.concurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * Threads of one engine, in groups that do not wait for each other: aborts and probes
 * find a thread although all others are blocked and the process can make no more.
 * Thread-safe.
 */
public final class EngineThreads {

	private static final int RESERVE = 2;

	/** Most threads of a group. More work than this waits for a thread. */
	private static final int MOST = 256;

	/**
	 * Most threads that probe one node. A node that leaves more attempts without an
	 * answer is down.
	 */
	private static final int MOST_PROBES = 32;

	private final Function<String, ThreadFactory> factories;

	private final Map<String, WorkerThreads> groups = new LinkedHashMap<>();

	private final WorkerThreads general;

	private final WorkerThreads aborts;

	/**
	 * Creates the groups without threads.
	 * @param factories makes a factory from the beginning of the names of its threads
	 */
	public EngineThreads(Function<String, ThreadFactory> factories) {
		this.factories = factories;
		this.general = group("failover-worker-", MOST);
		this.aborts = group("failover-abort-", MOST);
	}

	private synchronized WorkerThreads group(String prefix, int most) {
		return this.groups.computeIfAbsent(prefix,
				(added) -> new WorkerThreads(this.factories.apply(added), RESERVE, most));
	}

	/**
	 * Returns the threads for all work without threads of its own.
	 */
	public Executor general() {
		return this.general;
	}

	/**
	 * Returns the threads that abort connections.
	 */
	public Executor aborts() {
		return this.aborts;
	}

	/**
	 * Returns the threads that probe one node.
	 */
	public Executor probes(String node) {
		return group("failover-probe-" + node + "-", MOST_PROBES);
	}

	/**
	 * Returns a factory of threads that do not belong to a group.
	 */
	public ThreadFactory single() {
		return this.factories.apply("failover-");
	}

	/**
	 * Makes the threads that an emergency needs, and those that work waits for, as far as
	 * they do not exist.
	 */
	public synchronized void prestart() {
		this.groups.values().forEach(WorkerThreads::prestart);
	}

	/**
	 * Interrupts all threads of the groups.
	 */
	public synchronized void stop() {
		this.groups.values().forEach(WorkerThreads::stop);
	}

}
