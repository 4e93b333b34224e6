package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

	private static final Pool PRIMARY = new Pool("primary", Map.of(),
			Map.of("maximumPoolSize", String.valueOf(Pool.SIZE)), null);

	private static final Pool MIRROR = new Pool("mirror", Map.of(),
			Map.of("maximumPoolSize", String.valueOf(Pool.SIZE)), null);

	Informed() {
		super("informed", "Told of the fault as it strikes (the bound)");
	}

	@Override
	public boolean competes() {
		return false;
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(PRIMARY.lines("jdbc:postgresql://primary/app"));
		all.addAll(MIRROR.lines("jdbc:postgresql://mirror/app"));
		all.add("uses the mirror's pool from the moment in which the fault begins to strike");
		return all;
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("HikariCP", Versions.of(HikariDataSource.class), "pgjdbc", Versions.pgjdbc());
	}

	@Override
	public Opened open(Endpoints endpoints) {
		HikariDataSource primary = PRIMARY.open(endpoints.primaryUrl(), endpoints);
		HikariDataSource mirror = MIRROR.open(endpoints.mirrorUrl(), endpoints);
		return new Running(new SwitchedDataSource(primary), new TwoPools(primary, mirror, () -> {
		}));
	}

	private record Running(SwitchedDataSource dataSource, TwoPools pools) implements Opened {

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
			this.dataSource.current = this.pools.reads();
		}

		@Override
		public void close() {
			this.pools.close();
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
