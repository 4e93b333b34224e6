package dev.failover.actuator;

import java.util.Locale;
import java.util.function.Supplier;

import dev.failover.Failover;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the route, the nodes, the probes and the transitions.
 * <p>
 * Thread-safe. What is observed before a registry is bound, or between two registries, is
 * kept and shows in each of them.
 */
public final class FailoverMetrics implements MeterBinder, FailoverObserver {

	private static final String ABORTED = "failover.connections.aborted";

	private static final String SUSPICIONS = "failover.suspicions";

	private final Supplier<Failover> failover;

	private final SharedCounters totals = new SharedCounters();

	private final BufferedTimers timings = new BufferedTimers();

	/**
	 * Create the meters.
	 * @param failover provides the current state; asked for when a registry is bound, not
	 * before
	 */
	public FailoverMetrics(Supplier<Failover> failover) {
		this.failover = failover;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Failover current = this.failover.get();
		this.totals.add(ABORTED, Tags.empty(), 0);
		for (NodeStatus status : current.state().nodes()) {
			this.totals.add(SUSPICIONS, node(status.node()), 0);
		}
		new StateGauges(current::state).bindTo(registry);
		this.totals.bindTo(registry);
		this.timings.bindTo(registry);
	}

	@Override
	public void probed(Node node, Probe probe) {
		String outcome = probe.verdict().name().toLowerCase(Locale.ROOT);
		this.timings.record("failover.probe", node(node).and("outcome", outcome), probe.took());
	}

	@Override
	public void suspected(Node node) {
		this.totals.add(SUSPICIONS, node(node), 1);
	}

	@Override
	public void changed(FailoverEvent event) {
		if (event instanceof RouteChangedEvent change) {
			count(change.transition());
		}
	}

	private void count(RouteChange transition) {
		Tags tags = Tags.of("from", nameOf(transition.from()), "to", nameOf(transition.to()), "cause",
				transition.cause().label());
		this.totals.add("failover.transitions", tags, 1);
		this.totals.add(ABORTED, Tags.empty(), transition.abortedConnections());
		if (transition.detection() != null) {
			this.timings.record("failover.detection", Tags.empty(), transition.detection());
		}
	}

	private static Tags node(Node node) {
		return Tags.of("node", node.name());
	}

	private static String nameOf(@Nullable Node node) {
		return (node != null) ? node.name() : "none";
	}

}
