package dev.failover.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import dev.failover.Node;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.engine.NodeDefinition;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.util.function.SingletonSupplier;

/**
 * Registers the circuit breaker of each node as {@code failover-<node>}, such as
 * {@code failover-primary}. A breaker of that name that the application has configured in
 * the registry is used as it is. Thread-safe.
 */
final class BreakerRegistration {

	private static final String NAME_PREFIX = "failover-";

	private final DetectionSettings settings;

	private final Supplier<CircuitBreakerRegistry> registry;

	private BreakerRegistration(ConfiguredNodes nodes, DetectionSettings settings,
			Supplier<CircuitBreakerRegistry> registry) {
		this.settings = settings;
		this.registry = SingletonSupplier.of(() -> {
			CircuitBreakerRegistry filled = registry.get();
			nodes.all().forEach((node) -> breaker(filled, node.node()));
			return filled;
		});
	}

	/**
	 * Registers the breakers of nodes in a registry.
	 * @param settings thresholds of the breakers that are not configured in the registry
	 */
	static BreakerRegistration in(CircuitBreakerRegistry registry, ConfiguredNodes nodes, DetectionSettings settings) {
		BreakerRegistration registration = new BreakerRegistration(nodes, settings, () -> registry);
		registration.registry();
		return registration;
	}

	/**
	 * Registers the breakers of nodes in a registry of their own, which is created on
	 * first use.
	 */
	static BreakerRegistration inOwnRegistry(ConfiguredNodes nodes, DetectionSettings settings) {
		return new BreakerRegistration(nodes, settings, CircuitBreakerRegistry::ofDefaults);
	}

	/**
	 * Returns the registry with the breaker of each node.
	 */
	CircuitBreakerRegistry registry() {
		return this.registry.get();
	}

	/**
	 * Returns the definitions of the nodes of pools, in the same order.
	 */
	List<NodeDefinition> define(List<ConfiguredPool> pools, Dialect dialect) {
		return pools.stream().map((pool) -> define(pool, dialect)).toList();
	}

	private NodeDefinition define(ConfiguredPool pool, Dialect dialect) {
		Node node = pool.node().node();
		return new NodeDefinition(node, pool.hikari(), dialect, () -> breaker(registry(), node));
	}

	private CircuitBreaker breaker(CircuitBreakerRegistry registry, Node node) {
		return registry.circuitBreaker(NAME_PREFIX + node, () -> NodeBreaker.config(this.settings));
	}

}
