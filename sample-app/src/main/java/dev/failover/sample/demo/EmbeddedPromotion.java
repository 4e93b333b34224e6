package dev.failover.sample.demo;

import dev.failover.Node;
import dev.failover.PromotionTrigger;
import dev.failover.embedded.EmbeddedPair;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * During a switchover, asks the embedded pair's manager for the promotion, as an
 * application of yours would ask its own.
 */
@Component
@Profile("embedded")
class EmbeddedPromotion implements PromotionTrigger {

	private final EmbeddedPair pair;

	EmbeddedPromotion(EmbeddedPair pair) {
		this.pair = pair;
	}

	@Override
	public void promote(Node target) {
		this.pair.node(target.name()).promote();
	}

}
