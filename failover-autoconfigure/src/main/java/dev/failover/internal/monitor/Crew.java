package dev.failover.internal.monitor;

import java.util.List;
import java.util.concurrent.Executor;

import dev.failover.Node;
import dev.failover.PromotionTrigger;
import dev.failover.internal.detection.NodeProber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor's hands and eyes.
 *
 * @param applier applies routes
 * @param probers ask the nodes
 * @param workers threads that may block
 * @param trigger asks the database's own manager for promotions
 */
record Crew(RouteApplier applier, List<NodeProber> probers, Executor workers, PromotionTrigger trigger) {

	private static final Logger logger = LoggerFactory.getLogger(Crew.class);

	Crew {
		probers = List.copyOf(probers);
	}

	void lookAtOthers(Node suspect) {
		this.probers.stream().filter((prober) -> !prober.node().equals(suspect)).forEach(NodeProber::wake);
	}

	void urgency(boolean urgent) {
		this.probers.forEach(urgent ? NodeProber::hurry : NodeProber::relax);
	}

	void promote(Switchover switchover) {
		this.workers.execute(() -> {
			try {
				this.trigger.promote(switchover.target());
			}
			catch (RuntimeException ex) {
				logger.warn("The promotion of '{}' could not be asked for", switchover.target(), ex);
				switchover.failed(ex);
			}
		});
	}

}
