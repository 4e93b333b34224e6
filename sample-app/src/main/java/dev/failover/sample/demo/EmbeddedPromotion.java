package dev.failover.sample.demo;

import dev.failover.Node;
import dev.failover.PromotionTrigger;
import dev.failover.embedded.EmbeddedPair;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Promotes a node of the embedded pair during a switchover. Another application would
 * call its cluster manager here.
 */
@Component
@Profile("embedded")
final class EmbeddedPromotion implements PromotionTrigger {

	private final EmbeddedPair pair;

	EmbeddedPromotion(EmbeddedPair pair) {
		this.pair = pair;
	}

	@Override
	public void promote(Node target) {
		this.pair.node(target.name()).promote();
	}

}
