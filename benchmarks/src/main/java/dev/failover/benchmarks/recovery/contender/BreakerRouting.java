package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.failover.benchmarks.run.Library;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * The pattern of many blog posts: a routing data source over two pools, with a breaker
 * around {@code getConnection}, all with their defaults.
 */
final class BreakerRouting extends Contender {

	BreakerRouting() {
		super("blog-post", "Breaker around getConnection, defaults",
				poolVersions("Resilience4j", Library.version(CircuitBreaker.class)));
	}

	@Override
	public List<String> settings() {
		return PoolPerNode.lines("AbstractRoutingDataSource over both, a breaker around getConnection",
				"CircuitBreaker.ofDefaults(): opens when half of 100 calls failed, for 60 s; "
						+ "a call that fails or is not permitted goes to the mirror");
	}

	@Override
	public RunningContender open(Endpoints endpoints) {
		PoolPerNode pools = PoolPerNode.open(endpoints);
		DataSource routing = new BreakerDataSource(pools.primary(), pools.mirror());
		return RunningContender.of(routing, routing, pools::close);
	}

	/**
	 * Routes to the mirror if {@code getConnection} of the primary fails, or if the
	 * breaker around it does not permit the call.
	 */
	private static final class BreakerDataSource extends AbstractRoutingDataSource {

		private static final String PRIMARY = "primary";

		private static final String MIRROR = "mirror";

		private final CircuitBreaker breaker = CircuitBreaker.ofDefaults(PRIMARY);

		private final ThreadLocal<String> key = ThreadLocal.withInitial(() -> PRIMARY);

		BreakerDataSource(DataSource primary, DataSource mirror) {
			setTargetDataSources(Map.of(PRIMARY, primary, MIRROR, mirror));
			afterPropertiesSet();
		}

		@Override
		protected Object determineCurrentLookupKey() {
			return this.key.get();
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (!this.breaker.tryAcquirePermission()) {
				return connection(MIRROR);
			}
			long begun = System.nanoTime();
			try {
				Connection connection = connection(PRIMARY);
				this.breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
				return connection;
			}
			catch (SQLException ex) {
				this.breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, ex);
				return connection(MIRROR);
			}
		}

		private Connection connection(String node) throws SQLException {
			this.key.set(node);
			try {
				return super.getConnection();
			}
			finally {
				this.key.remove();
			}
		}

	}

}
