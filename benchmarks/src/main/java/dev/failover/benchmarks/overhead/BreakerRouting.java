package dev.failover.benchmarks.overhead;

import java.util.Map;

import javax.sql.DataSource;

import dev.failover.benchmarks.stub.StubNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/**
 * What articles show: a routing data source with a breaker around each
 * {@code getConnection}, at Resilience4j's defaults.
 */
final class BreakerRouting extends HikariContender {

	BreakerRouting() {
		super("AbstractRoutingDataSource + breaker", CircuitBreaker.class);
	}

	@Override
	public DataSource open() {
		BreakerRoutingDataSource routing = new BreakerRoutingDataSource(CircuitBreaker.ofDefaults("primary"));
		routing.setTargetDataSources(
				Map.of(StubNode.PRIMARY, pool(StubNode.PRIMARY), StubNode.MIRROR, pool(StubNode.MIRROR)));
		routing.afterPropertiesSet();
		return routing;
	}

}
