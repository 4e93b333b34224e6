package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.dialect.Dialect;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The lower bound of the time to recover: a client with two full pools that is told of
 * the fault at its start and then uses the mirror's pool, whose sessions are warm. It
 * detects nothing and opens nothing; the rest of its time is that of machine and servers.
 */
final class LowerBound extends Contender {

	LowerBound() {
		super("informed", "Told of the fault at its start (lower bound)", poolVersions());
	}

	@Override
	public boolean competes() {
		return false;
	}

	@Override
	public List<String> settings() {
		return PoolPerNode.lines("each session of the mirror is warmed up as those of the starter",
				"uses the pool of the mirror from the start of the fault");
	}

	@Override
	public RunningContender open(Endpoints endpoints) throws SQLException {
		PoolPerNode pools = PoolPerNode.open(endpoints);
		warmUp(pools.mirror());
		return new Running(pools, new SwitchedDataSource(pools.primary()));
	}

	/**
	 * Warms up all sessions of a pool, as the starter does with waiting sessions.
	 */
	private static void warmUp(DataSource pool) throws SQLException {
		Dialect dialect = new PostgresDialect();
		List<Connection> sessions = new ArrayList<>();
		try {
			for (int i = 0; i < Pool.SIZE; i++) {
				Connection session = pool.getConnection();
				sessions.add(session);
				dialect.warmUp(session);
			}
		}
		finally {
			for (Connection session : sessions) {
				session.close();
			}
		}
	}

	private record Running(PoolPerNode pools, SwitchedDataSource dataSource) implements RunningContender {

		@Override
		public DataSource writes() {
			return this.dataSource;
		}

		@Override
		public DataSource reads() {
			return this.dataSource;
		}

		@Override
		public void faultBegins() {
			this.dataSource.current = this.pools.mirror();
		}

		@Override
		public void close() {
			this.pools.close();
		}

	}

	private static final class SwitchedDataSource extends AbstractDataSource {

		private volatile DataSource current;

		SwitchedDataSource(DataSource first) {
			this.current = first;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.current.getConnection();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return this.current.getConnection(username, password);
		}

	}

}
