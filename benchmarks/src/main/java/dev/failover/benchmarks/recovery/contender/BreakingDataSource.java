package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Routes to the mirror while a breaker around the primary's {@code getConnection} does
 * not permit calls, or when that fails.
 */
final class BreakingDataSource extends AbstractRoutingDataSource {

	private static final String PRIMARY = "primary";

	private static final String MIRROR = "mirror";

	private final CircuitBreaker breaker = CircuitBreaker.ofDefaults(PRIMARY);

	private final ThreadLocal<String> key = ThreadLocal.withInitial(() -> PRIMARY);

	BreakingDataSource(DataSource primary, DataSource mirror) {
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
