package dev.failover.internal.engine;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import dev.failover.PromotionTrigger;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.monitor.FailoverSettings;

/**
 * Settings and collaborators of the engine.
 *
 * @param nodes the nodes, in order of preference
 * @param errors classifies errors
 * @param settings provides the settings; called when the engine is built
 * @param promotionTrigger asks the cluster manager for a promotion
 * @param clock provides the time of day
 */
public record EngineDefinition(List<NodeDefinition> nodes, ErrorClassification errors,
		Supplier<FailoverSettings> settings, PromotionTrigger promotionTrigger, Clock clock) {

	public EngineDefinition {
		nodes = List.copyOf(nodes);
	}

	/**
	 * Returns a copy with another clock.
	 */
	EngineDefinition withClock(Clock clock) {
		return new EngineDefinition(this.nodes, this.errors, this.settings, this.promotionTrigger, clock);
	}

	/**
	 * Returns the node that is preferred.
	 */
	NodeDefinition preferred() {
		return this.nodes.get(0);
	}

}
