package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A pool on each node with the defaults of HikariCP and the driver.
 *
 * @param primary the pool on the primary
 * @param mirror the pool on the mirror
 */
record PoolPerNode(HikariDataSource primary, HikariDataSource mirror) implements AutoCloseable {

	private static final Pool PRIMARY = defaults("primary");

	private static final Pool MIRROR = defaults("mirror");

	private static Pool defaults(String purpose) {
		return new Pool(purpose, Map.of(), Map.of("maximumPoolSize", String.valueOf(Pool.SIZE)), null);
	}

	static PoolPerNode open(Endpoints endpoints) {
		return new PoolPerNode(PRIMARY.open(endpoints.primaryUrl(), endpoints),
				MIRROR.open(endpoints.mirrorUrl(), endpoints));
	}

	/**
	 * Returns the settings for the results, with additional lines.
	 */
	static List<String> lines(String... more) {
		List<String> all = new ArrayList<>(PRIMARY.lines("jdbc:postgresql://primary/app"));
		all.addAll(MIRROR.lines("jdbc:postgresql://mirror/app"));
		all.addAll(List.of(more));
		return all;
	}

	@Override
	public void close() {
		this.primary.close();
		this.mirror.close();
	}

}
