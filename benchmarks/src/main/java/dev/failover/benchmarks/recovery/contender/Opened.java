package dev.failover.benchmarks.recovery.contender;

import javax.sql.DataSource;

/**
 * A contender at work on a pair.
 */
public interface Opened extends AutoCloseable {

	DataSource writes();

	DataSource reads();

	@Override
	void close();

}
