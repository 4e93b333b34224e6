package dev.failover.benchmarks.recovery.contender;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A pool for writes and a pool for reads.
 *
 * @param writes the pool for writes
 * @param reads the pool for reads
 * @param behind what is behind them, closed last
 */
record TwoPools(HikariDataSource writes, HikariDataSource reads, Runnable behind) implements Opened {

	@Override
	public void close() {
		try {
			this.writes.close();
			this.reads.close();
		}
		finally {
			this.behind.run();
		}
	}

}
