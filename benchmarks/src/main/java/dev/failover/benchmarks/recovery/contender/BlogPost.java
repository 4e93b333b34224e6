package dev.failover.benchmarks.recovery.contender;

import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.run.Versions;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/**
 * What blog posts show: a routing data source over two pools, with a breaker around
 * {@code getConnection}, all with their defaults.
 */
final class BlogPost extends NamedContender {

	BlogPost() {
		super("blog-post", "Blog-post pattern (breaker), defaults");
	}

	@Override
	public List<String> settings() {
		return PoolPerNode.lines("AbstractRoutingDataSource over both, a breaker around getConnection",
				"CircuitBreaker.ofDefaults(): opens when half of 100 calls failed, for 60 s; "
						+ "a call that fails or is not permitted goes to the mirror");
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("Resilience4j", Versions.of(CircuitBreaker.class), "HikariCP",
				Versions.of(HikariDataSource.class), "pgjdbc", Versions.pgjdbc());
	}

	@Override
	public Opened open(Endpoints endpoints) {
		PoolPerNode pools = PoolPerNode.open(endpoints);
		return new OneForBoth(new BreakingDataSource(pools.primary(), pools.mirror()), pools, () -> {
		});
	}

}
