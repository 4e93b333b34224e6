package dev.failover.internal.engine;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

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
 * @param connections decorates the data source that opens its physical connections
 */
public record NodeDefinition(Node node, HikariConfig pool, Dialect dialect, Supplier<CircuitBreaker> breaker,
		UnaryOperator<DataSource> connections) {

	/**
	 * Creates a definition whose physical connections are not decorated.
	 */
	public NodeDefinition(Node node, HikariConfig pool, Dialect dialect, Supplier<CircuitBreaker> breaker) {
		this(node, pool, dialect, breaker, UnaryOperator.identity());
	}

	/**
	 * Returns a copy whose physical connections are decorated.
	 */
	public NodeDefinition decorated(ConnectionDecorator decorator) {
		return new NodeDefinition(this.node, this.pool, this.dialect, this.breaker,
				(connections) -> decorator.decorate(this.node, connections));
	}

	/**
	 * Returns host, port and database that its URL names, without credentials.
	 */
	public String address() {
		return this.dialect.driverSettings().address(this.pool.getJdbcUrl());
	}

}
