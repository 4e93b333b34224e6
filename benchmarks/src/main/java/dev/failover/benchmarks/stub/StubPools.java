package dev.failover.benchmarks.stub;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * Opens plain HikariCP pools on the stub, with HikariCP's own defaults: what all that is
 * measured stands on.
 */
public final class StubPools {

	private StubPools() {
	}

	/**
	 * A pool on a node, to be closed by the caller; made the way that has HikariCP's
	 * shortest path to a connection.
	 */
	public static HikariDataSource open(StubNode node) {
		HikariConfig config = new HikariConfig();
		config.setDriverClassName(StubDriver.class.getName());
		config.setJdbcUrl(node.url());
		config.setUsername("benchmark");
		config.setPassword("");
		return new HikariDataSource(config);
	}

}
