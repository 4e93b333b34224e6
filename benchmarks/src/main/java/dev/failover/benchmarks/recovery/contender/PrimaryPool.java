package dev.failover.benchmarks.recovery.contender;

import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;

/**
 * HikariCP alone, with its defaults, on the name of the primary.
 */
final class PrimaryPool extends Contender {

	private final Pool pool = new Pool("pool", Map.of(), Map.of("maximumPoolSize", String.valueOf(Pool.SIZE)), null);

	PrimaryPool() {
		super("hikaricp", "HikariCP alone on the primary's name", poolVersions());
	}

	@Override
	public boolean knowsBothNodes() {
		return false;
	}

	@Override
	public boolean runsOnServices() {
		return true;
	}

	@Override
	public List<String> settings() {
		return this.pool.lines("jdbc:postgresql://primary/app");
	}

	@Override
	public RunningContender open(Endpoints endpoints) {
		HikariDataSource dataSource = this.pool.open(endpoints.primaryUrl(), endpoints);
		return RunningContender.of(dataSource, dataSource, dataSource::close);
	}

}
