package dev.failover.autoconfigure;

import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import dev.failover.detection.DetectionSettings;
import dev.failover.detection.NodeBreaker;
import dev.failover.monitor.NodeDefinition;
import dev.failover.topology.Node;

/**
 * Defines the nodes, each with its breaker from the registry: one that the application
 * has configured there wins.
 *
 * @param registry the registry
 * @param settings thresholds of the breakers that are not configured
 */
record NodeDefinitions(CircuitBreakerRegistry registry, DetectionSettings settings) {

	List<NodeDefinition> of(HikariConfig primary, HikariConfig mirror) {
		return List.of(define(FailoverNodes.PRIMARY, primary), define(FailoverNodes.MIRROR, mirror));
	}

	private NodeDefinition define(Node node, HikariConfig pool) {
		CircuitBreaker breaker = this.registry.find(node.name())
			.orElseGet(() -> this.registry.circuitBreaker(node.name(), NodeBreaker.config(this.settings)));
		return new NodeDefinition(node, pool, breaker);
	}

}
