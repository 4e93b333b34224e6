package dev.failover.internal.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms up the code of a failover, so that the first one finds its classes loaded and is
 * about as fast as later ones: runs failovers of a {@link WarmUpEngine} once, when the
 * engine is quiet. Never throws.
 */
final class FailoverWarmUp implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(FailoverWarmUp.class);

	/** Pause before the first look; each one is followed by twice the pause. */
	static final Duration PAUSE = Duration.ofSeconds(10);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	/** Failovers: classes are loaded by the first, and few take little processor time. */
	private static final int ROUNDS = 3;

	/** Time for which this thread tries a processor. */
	private static final long TRIAL = TimeUnit.MILLISECONDS.toNanos(30);

	/** Longest time for which it may lose the processor meanwhile. */
	private static final long LOSS = TimeUnit.MILLISECONDS.toNanos(5);

	private final EngineDefinition definition;

	private final BooleanSupplier quiet;

	private final CountDownLatch closed;

	private final Duration pause;

	/**
	 * Creates a warm-up.
	 * @param quiet returns whether the engine is ready and has nothing to do, and the
	 * process has a processor to give
	 * @param closed ends the warm-up
	 * @param pause time before the first look
	 */
	FailoverWarmUp(EngineDefinition definition, BooleanSupplier quiet, CountDownLatch closed, Duration pause) {
		this.definition = definition;
		this.quiet = quiet;
		this.closed = closed;
		this.pause = pause;
	}

	@Override
	public void run() {
		try {
			if (awaitQuiet()) {
				for (int i = 0; i < ROUNDS && this.closed.getCount() > 0; i++) {
					new WarmUpEngine(this.definition).run();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Throwable ex) {
			logger.debug("The code of a failover could not be warmed up. The first failover takes longer", ex);
		}
	}

	/**
	 * Waits until the engine is quiet, and returns false if it is closed before.
	 */
	private boolean awaitQuiet() throws InterruptedException {
		for (long millis = this.pause.toMillis(); !this.closed.await(millis, TimeUnit.MILLISECONDS);) {
			if (this.quiet.getAsBoolean()) {
				return true;
			}
			millis = Math.min(2 * millis, LONGEST_PAUSE.toMillis());
		}
		return false;
	}

	/**
	 * Returns whether this thread can run without losing the processor. A process with a
	 * small share of one loses it.
	 * @param nanos measures elapsed time
	 */
	static boolean hasProcessor(LongSupplier nanos) {
		long begun = nanos.getAsLong();
		long last = begun;
		while (last - begun < TRIAL) {
			long now = nanos.getAsLong();
			if (now - last > LOSS) {
				return false;
			}
			last = now;
		}
		return true;
	}

}
