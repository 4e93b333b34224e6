package dev.failover.internal.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that may block. A reserve of them exists from the start, so that work
 * is done although the process cannot make a thread at that moment; others are made as
 * needed, up to a limit, and end when they are idle. Work that finds no thread waits for
 * one.
 * <p>
 * Thread-safe. An error of the work ends that work, not its thread.
 */
public final class WorkerThreads implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(WorkerThreads.class);

	/**
	 * Seconds after which a thread beyond the reserve ends. A failover needs many for a
	 * moment, and none afterwards.
	 */
	private static final long IDLE_SECONDS = 10;

	/** Most pieces of work that wait for a thread. */
	private static final int MOST_WAITING = 10_000;

	private final Handover waiting = new Handover();

	private final ThreadPoolExecutor threads;

	private final UnexpectedErrors errors = new UnexpectedErrors(logger,
			"Work of failover ended with an unexpected error. Failover continues; please report this");

	/**
	 * Creates the executor without threads.
	 * @param reserve number of threads that {@link #prestart} makes
	 * @param most largest number of threads
	 */
	public WorkerThreads(ThreadFactory factory, int reserve, int most) {
		this.threads = new ThreadPoolExecutor(reserve, most, IDLE_SECONDS, TimeUnit.SECONDS, this.waiting, factory,
				(work, executor) -> await(work));
	}

	/**
	 * Makes the threads of the reserve that do not exist, and one for work that waits, as
	 * far as the process can make any.
	 */
	public void prestart() {
		try {
			this.threads.prestartAllCoreThreads();
			if (!this.waiting.isEmpty() && !this.threads.isShutdown()) {
				this.threads.execute(() -> {
					// the new thread takes the work that waits
				});
			}
		}
		catch (Throwable ex) {
			this.errors.report(ex);
		}
	}

	/**
	 * Executes work on another thread, at once if there is one or one can be made.
	 * @throws RejectedExecutionException if the threads were stopped, or too much work
	 * waits
	 * @throws OutOfMemoryError if there is no thread at all and none can be made
	 */
	@Override
	public void execute(Runnable work) {
		Runnable guarded = () -> run(work);
		try {
			this.threads.execute(guarded);
		}
		catch (OutOfMemoryError | InternalError ex) {
			if (this.threads.getPoolSize() == 0) {
				throw ex;
			}
			await(guarded);
		}
	}

	private void run(Runnable work) {
		try {
			work.run();
		}
		catch (Throwable ex) {
			this.errors.report(ex);
		}
	}

	private void await(Runnable work) {
		if (this.threads.isShutdown() || this.waiting.size() >= MOST_WAITING) {
			throw new RejectedExecutionException(
					this.threads.isShutdown() ? "Failover is closed" : "Too much work waits for a thread");
		}
		this.waiting.put(work);
	}

	/**
	 * Returns the number of threads.
	 */
	public int size() {
		return this.threads.getPoolSize();
	}

	/**
	 * Interrupts all threads. Work that waits is not done.
	 */
	public void stop() {
		this.threads.shutdownNow();
	}

	/**
	 * Queue that accepts work only if a thread waits for it: otherwise the executor makes
	 * another one.
	 */
	private static final class Handover extends LinkedTransferQueue<Runnable> {

		private static final long serialVersionUID = 1L;

		@Override
		public boolean offer(Runnable work) {
			return tryTransfer(work);
		}

	}

}
