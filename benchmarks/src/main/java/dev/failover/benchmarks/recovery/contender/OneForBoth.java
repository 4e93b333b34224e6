package dev.failover.benchmarks.recovery.contender;

import javax.sql.DataSource;

/**
 * A contender whose writes and reads share a data source that chooses between two pools.
 *
 * @param dataSource the data source
 * @param pools what it chooses between
 * @param striking run when the fault begins to strike
 */
record OneForBoth(DataSource dataSource, PoolPerNode pools, Runnable striking) implements Opened {

	@Override
	public DataSource writes() {
		return this.dataSource;
	}

	@Override
	public DataSource reads() {
		return this.dataSource;
	}

	@Override
	public void strikes() {
		this.striking.run();
	}

	@Override
	public void close() {
		this.pools.close();
	}

}
