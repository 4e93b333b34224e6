package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import dev.failover.benchmarks.run.Versions;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The bound of what any client can do: two full pools, and whoever strikes the primary
 * tells it in the same moment to use the mirror's. It has nothing to detect and nothing
 * to open; what its threads still need, the machine and the servers need.
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
		return PoolPerNode.lines("uses the mirror's pool from the moment in which the fault begins to strike");
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("HikariCP", Versions.of(HikariDataSource.class), "pgjdbc", Versions.pgjdbc());
	}

	@Override
	public Opened open(Endpoints endpoints) {
		PoolPerNode pools = PoolPerNode.open(endpoints);
		SwitchedDataSource switched = new SwitchedDataSource(pools.primary());
		return new OneForBoth(switched, pools, () -> switched.current = pools.mirror());
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
