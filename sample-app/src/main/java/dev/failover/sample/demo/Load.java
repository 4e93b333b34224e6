package dev.failover.sample.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * A steady load on the service's own HTTP API of about fifty orders and fifty reads per
 * second. Thread-safe.
 * <p>
 * Reads and orders have separate threads, so that a read never waits for an order. Each
 * start resets the statistics. The load stops before the web server does.
 */
@Component
@Profile("embedded")
final class Load implements SmartLifecycle {

	private static final int THREADS_PER_KIND = 4;

	/** Pause of a thread between two calls. */
	private static final Duration PAUSE = Duration.ofMillis(80);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final OrderClient client;

	private final Clock clock;

	private volatile LoadStatistics statistics;

	private volatile @Nullable ScheduledExecutorService threads;

	Load(OrderClient client, Clock clock) {
		this.client = client;
		this.clock = clock;
		this.statistics = new LoadStatistics(clock);
	}

	@Override
	public boolean isAutoStartup() {
		return false;
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		LoadStatistics fresh = new LoadStatistics(this.clock);
		ScheduledExecutorService started = Executors.newScheduledThreadPool(2 * THREADS_PER_KIND,
				new CustomizableThreadFactory("load-"));
		for (int i = 0; i < THREADS_PER_KIND; i++) {
			long offset = i * PAUSE.toMillis() / THREADS_PER_KIND;
			repeat(started, () -> fresh.write(this.client), offset);
			repeat(started, () -> fresh.read(this.client), offset);
		}
		this.statistics = fresh;
		this.threads = started;
	}

	private static void repeat(ScheduledExecutorService threads, Runnable call, long offset) {
		threads.scheduleWithFixedDelay(call, offset, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Stops the load after the calls in progress have ended.
	 */
	@Override
	public synchronized void stop() {
		ScheduledExecutorService running = this.threads;
		if (running == null) {
			return;
		}
		running.shutdown();
		try {
			running.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		running.shutdownNow();
		this.threads = null;
	}

	@Override
	public boolean isRunning() {
		return this.threads != null;
	}

	/**
	 * Returns the results of the calls since the last start.
	 */
	LoadReport report() {
		return this.statistics.report(isRunning());
	}

}
