package dev.failover.benchmarks.recovery.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import dev.failover.benchmarks.run.Versions;

/**
 * What blog posts show: a routing data source over two pools, with a breaker around
 * {@code getConnection}, all with their defaults.
 */
final class BlogPost extends NamedContender {

	private static final Pool PRIMARY = new Pool("primary", Map.of(),
			Map.of("maximumPoolSize", String.valueOf(Pool.SIZE)), null);

	private static final Pool MIRROR = new Pool("mirror", Map.of(),
			Map.of("maximumPoolSize", String.valueOf(Pool.SIZE)), null);

	BlogPost() {
		super("blog-post", "Blog-post pattern (breaker), defaults");
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(PRIMARY.lines("jdbc:postgresql://primary/app"));
		all.addAll(MIRROR.lines("jdbc:postgresql://mirror/app"));
		all.add("AbstractRoutingDataSource over both, a breaker around getConnection");
		all.add("CircuitBreaker.ofDefaults(): opens when half of 100 calls failed, for 60 s; "
				+ "a call that fails or is not permitted goes to the mirror");
		return all;
	}

	@Override
	public Map<String, String> versions() {
		return Map.of("Resilience4j", Versions.of(CircuitBreaker.class), "HikariCP",
				Versions.of(HikariDataSource.class), "pgjdbc", Versions.pgjdbc());
	}

	@Override
	public Opened open(Endpoints endpoints) {
		HikariDataSource primary = PRIMARY.open(endpoints.primaryUrl(), endpoints);
		HikariDataSource mirror = MIRROR.open(endpoints.mirrorUrl(), endpoints);
		return new Running(new BreakingDataSource(primary, mirror), new TwoPools(primary, mirror, () -> {
		}));
	}

	private record Running(DataSource dataSource, TwoPools pools) implements Opened {

		@Override
		public DataSource writes() {
			return this.dataSource;
		}

		@Override
		public DataSource reads() {
			return this.dataSource;
		}

		@Override
		public void close() {
			this.pools.close();
		}

	}

}
