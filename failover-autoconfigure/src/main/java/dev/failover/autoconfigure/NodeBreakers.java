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
 * The nodes' breakers in a registry: one that the application has configured there wins.
 * Thread-safe.
 */
final class NodeBreakers {

	private final DetectionSettings settings;

	private final Supplier<CircuitBreakerRegistry> registry;

	private NodeBreakers(DetectionSettings settings, Supplier<CircuitBreakerRegistry> registry) {
		this.settings = settings;
		this.registry = SingletonSupplier.of(() -> {
			CircuitBreakerRegistry filled = registry.get();
			FailoverNodes.ALL.forEach((node) -> breaker(filled, node));
			return filled;
		});
	}

	/**
	 * Breakers in a registry that is there.
	 * @param settings thresholds of the breakers that are not configured in it
	 */
	static NodeBreakers in(CircuitBreakerRegistry registry, DetectionSettings settings) {
		NodeBreakers breakers = new NodeBreakers(settings, () -> registry);
		breakers.registry();
		return breakers;
	}

	/**
	 * Breakers in a registry of their own, which is made when it is first asked for.
	 */
	static NodeBreakers alone(DetectionSettings settings) {
		return new NodeBreakers(settings, CircuitBreakerRegistry::ofDefaults);
	}

	/**
	 * The registry, with a breaker of each node.
	 */
	CircuitBreakerRegistry registry() {
		return this.registry.get();
	}

	/**
	 * Define the nodes, in order of preference.
	 */
	List<NodeDefinition> define(HikariConfig primary, HikariConfig mirror, Dialect dialect) {
		return List.of(define(FailoverNodes.PRIMARY, primary, dialect), define(FailoverNodes.MIRROR, mirror, dialect));
	}

	private NodeDefinition define(Node node, HikariConfig pool, Dialect dialect) {
		return new NodeDefinition(node, pool, dialect, () -> breaker(registry(), node));
	}

	private CircuitBreaker breaker(CircuitBreakerRegistry registry, Node node) {
		return registry.circuitBreaker(node.name(), () -> NodeBreaker.config(this.settings));
	}

}
