package dev.failover.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Counts calls of one type and measures their outages: the time from the last success
 * before a failure to the next success. A call that takes longer than {@link #SLOW} is
 * held while it is in progress, and slow if it succeeds. Thread-safe.
 */
final class CallStatistics {

	/** Far above the latency of a call that waits for nothing. */
	static final Duration SLOW = Duration.ofMillis(250);

	private final InstantSource clock;

	/** Start of each call in progress. */
	private final List<Instant> inProgress = new ArrayList<>();

	private final Latencies latencies = new Latencies();

	private final Map<String, Long> failures = new TreeMap<>();

	private Instant lastSuccess;

	private long ok;

	private long slow;

	private long failed;

	private boolean failing;

	private @Nullable String lastError;

	private @Nullable Instant lastErrorAt;

	private Duration longestOutage = Duration.ZERO;

	private Duration longestHeld = Duration.ZERO;

	CallStatistics(InstantSource clock) {
		this.clock = clock;
		this.lastSuccess = clock.instant();
	}

	/**
	 * Makes a call and counts its result. An exception is counted, not thrown.
	 */
	void measure(Runnable call) {
		Instant started = started();
		try {
			call.run();
			succeeded(started);
		}
		catch (RuntimeException ex) {
			failed(OrderClient.describe(ex));
		}
		finally {
			ended(started);
		}
	}

	private synchronized Instant started() {
		Instant now = this.clock.instant();
		this.inProgress.add(now);
		return now;
	}

	private synchronized void ended(Instant started) {
		this.inProgress.remove(started);
	}

	private synchronized void succeeded(Instant started) {
		Instant now = this.clock.instant();
		this.longestOutage = outage(now);
		this.failing = false;
		this.lastSuccess = now;
		this.ok++;
		if (isSlow(started, now)) {
			this.slow++;
			this.longestHeld = longer(this.longestHeld, Duration.between(started, now));
		}
		this.latencies.add(Duration.between(started, now));
	}

	private synchronized void failed(String error) {
		this.failing = true;
		this.failed++;
		this.failures.merge(error, 1L, Long::sum);
		this.lastError = error;
		this.lastErrorAt = this.clock.instant();
	}

	private static boolean isSlow(Instant started, Instant now) {
		return Duration.between(started, now).compareTo(SLOW) > 0;
	}

	private Duration outage(Instant now) {
		if (!this.failing) {
			return this.longestOutage;
		}
		return longer(this.longestOutage, Duration.between(this.lastSuccess, now));
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	synchronized LoadReport.Calls report() {
		Instant now = this.clock.instant();
		List<Duration> held = this.inProgress.stream()
			.filter((started) -> isSlow(started, now))
			.map((started) -> Duration.between(started, now))
			.toList();
		Duration longest = held.stream().reduce(this.longestHeld, CallStatistics::longer);
		return new LoadReport.Calls(this.ok, this.slow, held.size(), this.failed, new TreeMap<>(this.failures),
				this.failing, this.lastError, this.lastErrorAt, outage(now).toMillis(), longest.toMillis(),
				this.latencies.report());
	}

}
