package dev.failover.internal.engine;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import dev.failover.PromotionTrigger;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.monitor.FailoverSettings;

/**
 * All that the engine is built from.
 *
 * @param nodes the nodes, in order of preference
 * @param errors classifies errors
 * @param settings provides the settings; asked once, when the engine is built
 * @param promotionTrigger asks the cluster manager for a promotion
 * @param clock tells the moment that people see
 */
public record EngineDefinition(List<NodeDefinition> nodes, ErrorClassification errors,
		Supplier<FailoverSettings> settings, PromotionTrigger promotionTrigger, Clock clock) {

	public EngineDefinition {
		nodes = List.copyOf(nodes);
	}

	/**
	 * Returns the node that is preferred.
	 */
	NodeDefinition preferred() {
		return this.nodes.get(0);
	}

}
