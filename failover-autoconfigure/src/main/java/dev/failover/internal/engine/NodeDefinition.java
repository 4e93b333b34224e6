package dev.failover.internal.engine;

import java.util.function.Supplier;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/**
 * What the runtime needs to know of a node.
 *
 * @param node the node
 * @param pool configuration of its pool; not yet started
 * @param breaker gives its circuit breaker; asked once, when the engine is put together
 */
public record NodeDefinition(Node node, HikariConfig pool, Supplier<CircuitBreaker> breaker) {
}
