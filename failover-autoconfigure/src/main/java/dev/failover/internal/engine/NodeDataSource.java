package dev.failover.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Data source on the pool of a node, which exists once the engine is built.
 */
final class NodeDataSource extends AbstractDataSource {

	private final Supplier<? extends DataSource> pool;

	NodeDataSource(Supplier<? extends DataSource> pool) {
		this.pool = pool;
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this) : this.pool.get().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || this.pool.get().isWrapperFor(type);
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.pool.get().getConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return this.pool.get().getConnection(username, password);
	}

}
