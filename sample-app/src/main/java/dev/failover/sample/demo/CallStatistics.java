package dev.failover.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Counts calls of one type and measures their outages: the time from the last success
 * before a failure to the next success. Thread-safe.
 */
final class CallStatistics {

	private final InstantSource clock;

	private final Latencies latencies = new Latencies();

	private final Map<String, Long> failures = new TreeMap<>();

	private Instant lastSuccess;

	private long ok;

	private long failed;

	private boolean failing;

	private @Nullable String lastError;

	private @Nullable Instant lastErrorAt;

	private Duration longestOutage = Duration.ZERO;

	CallStatistics(InstantSource clock) {
		this.clock = clock;
		this.lastSuccess = clock.instant();
	}

	/**
	 * Makes a call and counts its result. An exception is counted, not thrown.
	 */
	void measure(Runnable call) {
		Instant started = this.clock.instant();
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			failed(OrderClient.describe(ex));
			return;
		}
		succeeded(started);
	}

	private synchronized void succeeded(Instant started) {
		Instant now = this.clock.instant();
		this.longestOutage = outage(now);
		this.failing = false;
		this.lastSuccess = now;
		this.ok++;
		this.latencies.add(Duration.between(started, now));
	}

	private synchronized void failed(String error) {
		this.failing = true;
		this.failed++;
		this.failures.merge(error, 1L, Long::sum);
		this.lastError = error;
		this.lastErrorAt = this.clock.instant();
	}

	private Duration outage(Instant now) {
		if (!this.failing) {
			return this.longestOutage;
		}
		Duration current = Duration.between(this.lastSuccess, now);
		return (current.compareTo(this.longestOutage) > 0) ? current : this.longestOutage;
	}

	synchronized LoadReport.Calls report() {
		return new LoadReport.Calls(this.ok, this.failed, new TreeMap<>(this.failures), this.failing, this.lastError,
				this.lastErrorAt, outage(this.clock.instant()).toMillis(), this.latencies.report());
	}

}
