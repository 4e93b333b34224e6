package dev.failover.sample.demo;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What clients have seen of the service.
 *
 * @param running whether the load is on
 * @param since when it was started
 * @param reads how reads went
 * @param writes how orders went
 * @param acknowledged orders that were answered with 201
 * @param lost orders among them that a later read did not find
 */
record LoadReport(boolean running, Instant since, Calls reads, Calls writes, long acknowledged, long lost) {

	/**
	 * How calls of one kind went.
	 *
	 * @param ok calls that did what was asked
	 * @param failed calls that did not
	 * @param failures the failed ones by what the client was told
	 * @param failing whether the last call failed
	 * @param lastError what the client was told last of a failure
	 * @param lastErrorAt when
	 * @param longestOutageMillis longest time from a success to the next one, with
	 * failures between them; one that lasts still counts
	 * @param latency of the successful calls
	 */
	record Calls(long ok, long failed, Map<String, Long> failures, boolean failing, @Nullable String lastError,
			@Nullable Instant lastErrorAt, long longestOutageMillis, Latency latency) {
	}

	/**
	 * How long calls took, in milliseconds.
	 *
	 * @param p50 half of the last thousand took no longer
	 * @param p95 95 % of the last thousand took no longer
	 * @param p99 99 % of the last thousand took no longer
	 * @param max the longest of all
	 */
	record Latency(double p50, double p95, double p99, double max) {
	}

}
