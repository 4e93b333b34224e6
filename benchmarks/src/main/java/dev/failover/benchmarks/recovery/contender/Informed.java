package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.autoconfigure.DialectSelector;
import dev.failover.benchmarks.run.Versions;
import dev.failover.dialect.Dialect;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The bound of what any client can do: two full pools, the mirror's with warm sessions,
 * and whoever strikes the primary tells it in the same moment to use the mirror's. It has
 * nothing to detect and nothing to open; what its threads still need, the machine and the
 * servers need.
 */
final class Informed extends NamedContender {

	Informed() {
		super("informed", "Told of the fault as it strikes (the bound)");
	}

	@Override
	public boolean competes() {
		return false;
	}

	@Override
	public List<String> settings() {
		return PoolPerNode.lines("each session of the mirror is warmed up as ours are",
				"uses the mirror's pool from the moment in which the fault begins to strike");
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("HikariCP", Versions.of(HikariDataSource.class), "pgjdbc", Versions.pgjdbc());
	}

	@Override
	public Opened open(Endpoints endpoints) throws SQLException {
		PoolPerNode pools = PoolPerNode.open(endpoints);
		warmUp(pools.mirror());
		SwitchedDataSource switched = new SwitchedDataSource(pools.primary());
		return new OneForBoth(switched, pools, () -> switched.current = pools.mirror());
	}

	/**
	 * Warm all sessions of a pool, as ours does with those that wait.
	 */
	private static void warmUp(DataSource pool) throws SQLException {
		Dialect dialect = new DialectSelector(List.of()).find("jdbc:postgresql:").orElseThrow();
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

	/**
	 * Hands out connections of one data source, later of another.
	 */
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
