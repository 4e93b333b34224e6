package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.failover.internal.engine.FailoverRuntime;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;

/**
 * {@link DataSourcePoolMetadata} of the pool that serves at the moment. Never blocks:
 * before the pools exist, none of their connections is in use.
 *
 * @param runtime provides the pool
 */
record ServingPoolMetadata(FailoverRuntime runtime) implements DataSourcePoolMetadata {

	@Override
	public Float getUsage() {
		int max = getMax();
		return (max > 0) ? (float) getActive() / max : 0;
	}

	@Override
	public Integer getActive() {
		HikariPoolMXBean pool = pool();
		return (pool != null) ? pool.getActiveConnections() : 0;
	}

	@Override
	public Integer getIdle() {
		HikariPoolMXBean pool = pool();
		return (pool != null) ? pool.getIdleConnections() : 0;
	}

	private @Nullable HikariPoolMXBean pool() {
		return (this.runtime.servingPool() instanceof HikariDataSource pool) ? pool.getHikariPoolMXBean() : null;
	}

	@Override
	public Integer getMax() {
		return this.runtime.servingPool().getMaximumPoolSize();
	}

	@Override
	public Integer getMin() {
		HikariConfig config = this.runtime.servingPool();
		return config.getMinimumIdle();
	}

	@Override
	public @Nullable String getValidationQuery() {
		return this.runtime.servingPool().getConnectionTestQuery();
	}

	@Override
	public Boolean getDefaultAutoCommit() {
		return this.runtime.servingPool().isAutoCommit();
	}

}
