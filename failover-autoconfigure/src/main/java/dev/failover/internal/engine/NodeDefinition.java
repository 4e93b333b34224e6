package dev.failover.internal.engine;

import java.util.function.Supplier;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.dialect.Dialect;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/**
 * Definition of a node.
 *
 * @param node the node
 * @param pool configuration of its pool, which is not yet started
 * @param dialect dialect of its server
 * @param breaker provides its circuit breaker; called when the engine is built
 */
public record NodeDefinition(Node node, HikariConfig pool, Dialect dialect, Supplier<CircuitBreaker> breaker) {

	/**
	 * Returns host, port and database that its URL names, without credentials.
	 */
	public String address() {
		return this.dialect.driverSettings().address(this.pool.getJdbcUrl());
	}

}
