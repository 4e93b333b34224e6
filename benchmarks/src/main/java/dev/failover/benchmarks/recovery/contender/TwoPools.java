package dev.failover.benchmarks.recovery.contender;

import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A pool for writes and a pool for reads.
 *
 * @param writes settings of the pool for writes
 * @param reads settings of the pool for reads
 */
record TwoPools(Pool writes, Pool reads) {

	/**
	 * Returns the settings for the results.
	 */
	List<String> lines(String writesUrl, String readsUrl) {
		return Stream.concat(this.writes.lines(writesUrl).stream(), this.reads.lines(readsUrl).stream()).toList();
	}

	/**
	 * Opens both pools.
	 * @param closing called after the pools are closed
	 */
	RunningContender open(String writesUrl, String readsUrl, Endpoints endpoints, Runnable closing) {
		HikariDataSource writesPool = this.writes.open(writesUrl, endpoints);
		HikariDataSource readsPool = this.reads.open(readsUrl, endpoints);
		return RunningContender.of(writesPool, readsPool, () -> {
			try (writesPool) {
				readsPool.close();
			}
			finally {
				closing.run();
			}
		});
	}

}
