package dev.failover.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariConfig;
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

	private BreakerRegistration(DetectionSettings settings, Supplier<CircuitBreakerRegistry> registry) {
		this.settings = settings;
		this.registry = SingletonSupplier.of(() -> {
			CircuitBreakerRegistry filled = registry.get();
			ConfiguredNodes.ALL.forEach((node) -> breaker(filled, node));
			return filled;
		});
	}

	/**
	 * Registers the breakers in a registry.
	 * @param settings thresholds of the breakers that are not configured in the registry
	 */
	static BreakerRegistration in(CircuitBreakerRegistry registry, DetectionSettings settings) {
		BreakerRegistration registration = new BreakerRegistration(settings, () -> registry);
		registration.registry();
		return registration;
	}

	/**
	 * Registers the breakers in a registry of their own, which is created on first use.
	 */
	static BreakerRegistration inOwnRegistry(DetectionSettings settings) {
		return new BreakerRegistration(settings, CircuitBreakerRegistry::ofDefaults);
	}

	/**
	 * Returns the registry with the breaker of each node.
	 */
	CircuitBreakerRegistry registry() {
		return this.registry.get();
	}

	/**
	 * Returns the definitions of the nodes, in order of preference.
	 */
	List<NodeDefinition> define(HikariConfig primary, HikariConfig mirror, Dialect dialect) {
		return List.of(define(ConfiguredNodes.PRIMARY, primary, dialect),
				define(ConfiguredNodes.MIRROR, mirror, dialect));
	}

	private NodeDefinition define(Node node, HikariConfig pool, Dialect dialect) {
		return new NodeDefinition(node, pool, dialect, () -> breaker(registry(), node));
	}

	private CircuitBreaker breaker(CircuitBreakerRegistry registry, Node node) {
		return registry.circuitBreaker(NAME_PREFIX + node, () -> NodeBreaker.config(this.settings));
	}

}
