package dev.failover.benchmarks.overhead;

import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.benchmarks.stub.StubNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Routes to the mirror while the breaker is open.
 */
public final class BreakerRoutingDataSource extends AbstractRoutingDataSource {

	private final CircuitBreaker breaker;

	public BreakerRoutingDataSource(CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	@Override
	protected Object determineCurrentLookupKey() {
		return (this.breaker.getState() == CircuitBreaker.State.OPEN) ? StubNode.MIRROR : StubNode.PRIMARY;
	}

	@Override
	public Connection getConnection() throws SQLException {
		try {
			return this.breaker.executeCheckedSupplier(super::getConnection);
		}
		catch (SQLException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new SQLException(ex);
		}
	}

}
