package dev.failover.sample.demo;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Results of the calls of the load.
 *
 * @param running whether the load is running
 * @param since moment of the last start
 * @param slowAfterMillis time after which a call is held or slow
 * @param reads results of reads
 * @param writes results of orders
 * @param acknowledged orders that were answered with 201
 * @param lost acknowledged orders that the last read of them did not find
 */
record LoadReport(boolean running, Instant since, long slowAfterMillis, Calls reads, Calls writes, long acknowledged,
		long lost) {

	/**
	 * Results of calls of one type.
	 *
	 * @param ok number of successful calls
	 * @param slow number of those that took longer than the limit
	 * @param held number of calls that are in progress for longer than the limit
	 * @param failed number of failed calls
	 * @param failures number of failed calls by error
	 * @param failing whether the last call failed
	 * @param lastError error of the last failed call
	 * @param lastErrorAt moment of the last failed call
	 * @param longestOutageMillis longest time from a success to the next one with
	 * failures between them, including an outage that still lasts
	 * @param longestHeldMillis longest time for which a call that did not fail was held
	 * @param latency latency of the successful calls
	 */
	record Calls(long ok, long slow, long held, long failed, Map<String, Long> failures, boolean failing,
			@Nullable String lastError, @Nullable Instant lastErrorAt, long longestOutageMillis, long longestHeldMillis,
			Latency latency) {
	}

	/**
	 * Latency of calls, in milliseconds.
	 *
	 * @param p50 median of the last thousand calls
	 * @param p95 95th percentile of the last thousand calls
	 * @param p99 99th percentile of the last thousand calls
	 * @param max longest of all calls
	 */
	record Latency(double p50, double p95, double p99, double max) {
	}

}
