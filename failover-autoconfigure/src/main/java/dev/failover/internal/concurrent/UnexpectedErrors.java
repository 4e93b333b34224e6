package dev.failover.internal.concurrent;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs errors that end a piece of work but not the thread that does it. An error of the
 * same type is logged the first, second, fourth, eighth time and so on, because the work
 * may be tried again without an end.
 * <p>
 * Thread-safe. Never throws: an error is often reported when there is no memory to report
 * it with.
 */
public final class UnexpectedErrors {

	private final Logger logger;

	private final String message;

	private @Nullable Class<?> last;

	private long count;

	/**
	 * Creates a reporter.
	 * @param message complete message: it must not be put together when memory is short
	 */
	public UnexpectedErrors(Logger logger, String message) {
		this.logger = logger;
		this.message = message;
	}

	/**
	 * Logs an error unless errors of its type were logged often before.
	 */
	public void report(Throwable error) {
		try {
			if (isDue(error)) {
				this.logger.error(this.message, error);
			}
		}
		catch (Throwable ex) {
			// nothing is left to report with
		}
	}

	private synchronized boolean isDue(Throwable error) {
		this.count = (error.getClass() == this.last) ? this.count + 1 : 1;
		this.last = error.getClass();
		return Long.bitCount(this.count) == 1;
	}

}
