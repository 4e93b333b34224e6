package dev.failover.benchmarks.stub;

import java.util.Locale;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.failover.test.stub.FixedStubServer;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubRows;

/**
 * The two servers that the stub driver stands for: a writable PostgreSQL primary and the
 * mirror that follows it. Their URLs are those of PostgreSQL, because products choose
 * their dialect by the URL.
 */
public enum StubNode {

	PRIMARY, MIRROR;

	/**
	 * The statement that the benchmarks execute.
	 */
	public static final String STATEMENT = "select 1";

	private static final String CLUSTER = "7423000000000000001";

	private static final long POSITION = 4096;

	private static final StubRows ONE = StubRows.of(1);

	private final FixedStubServer server = new FixedStubServer("jdbc:postgresql://" + host() + ":5432/benchmark",
			this::answer);

	public String url() {
		return this.server.url();
	}

	/**
	 * Returns the name of the host, which does not exist.
	 */
	public String host() {
		return name().toLowerCase(Locale.ROOT) + ".stub";
	}

	/**
	 * Opens a HikariCP pool on the node, with HikariCP's defaults. Every measurement
	 * stands on such pools. A pool that has driver class and URL takes HikariCP's
	 * shortest path to a connection.
	 */
	public HikariDataSource openPool() {
		HikariConfig config = new HikariConfig();
		config.setDriverClassName(StubDriver.class.getName());
		config.setJdbcUrl(url());
		config.setUsername("benchmark");
		config.setPassword("");
		return new HikariDataSource(config);
	}

	/**
	 * Answers the statement of the benchmarks and the two probes of the product with one
	 * row each, every other statement with no row.
	 */
	private StubRows answer(String sql) {
		if (sql.equals(STATEMENT)) {
			return ONE;
		}
		if (sql.contains("pg_stat_get_wal_senders")) {
			return StubRows.of("t", (this == MIRROR) ? "t" : "f", null, "", "2026-11-30 12:00:00+00", 1L);
		}
		return sql.contains("pg_control_system") ? role() : StubRows.NONE;
	}

	private StubRows role() {
		return (this == PRIMARY) ? StubRows.of("t", "f", "off", CLUSTER, 1L, POSITION, 1L, null, null, null, null, null)
				: StubRows.of("t", "t", "on", CLUSTER, 2L, null, null, null, POSITION, 1L, 1L, 1L);
	}

}
