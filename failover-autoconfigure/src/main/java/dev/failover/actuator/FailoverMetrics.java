package dev.failover.actuator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

import dev.failover.Cause;
import dev.failover.Failover;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Operation;
import dev.failover.Operation.Action;
import dev.failover.Operation.Outcome;
import dev.failover.Probe;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.internal.doctor.Finding.Severity;
import dev.failover.internal.doctor.Doctor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the route, the nodes, the probes, the requests, the operations and the
 * findings of the doctor.
 * <p>
 * Thread-safe. Events from before a registry is bound are kept and shown in each
 * registry. Every series that can be foreseen exists from the start, so that a monitoring
 * system sees its first increase.
 */
public final class FailoverMetrics implements MeterBinder, FailoverObserver {

	private final Supplier<Failover> failover;

	private final Supplier<@Nullable Doctor> doctor;

	private final Clock clock;

	private final SharedCounters totals = new SharedCounters();

	private final BufferedTimers timings = new BufferedTimers();

	/**
	 * Creates the meters.
	 * @param failover provides the current state; called when a registry is bound, not
	 * before
	 * @param doctor provides the doctor, or null if there is none; called when a registry
	 * is bound
	 * @param clock clock by which replication samples become stale
	 */
	public FailoverMetrics(Supplier<Failover> failover, Supplier<@Nullable Doctor> doctor, Clock clock) {
		this.failover = failover;
		this.doctor = doctor;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Failover current = this.failover.get();
		List<Node> nodes = current.state().nodes().stream().map(NodeStatus::node).toList();
		addKnownCounters(nodes);
		bindTimers(registry, nodes);
		bindRequests(registry, current);
		bindFindings(registry, this.doctor.get());
		new StateGauges(current::state, this.clock).bindTo(registry);
		this.totals.bindTo(registry);
	}

	private void addKnownCounters(List<Node> nodes) {
		this.totals.add(FailoverMeter.ABORTED, Tags.empty(), 0);
		for (Node node : nodes) {
			this.totals.add(FailoverMeter.SUSPICIONS, node(node), 0);
			this.totals.add(FailoverMeter.OUTCOMES_UNKNOWN, node(node), 0);
		}
		for (Action action : Action.values()) {
			for (Outcome outcome : Outcome.values()) {
				this.totals.add(FailoverMeter.OPERATIONS, operation(action, outcome), 0);
			}
		}
		List<@Nullable Node> targets = new ArrayList<>(nodes);
		targets.add(null);
		for (Node from : targets) {
			for (Node to : targets) {
				for (Cause cause : Cause.values()) {
					if (canOccur(cause, from, to, nodes.get(0))) {
						this.totals.add(FailoverMeter.CHANGES, change(from, to, cause), 0);
					}
				}
			}
		}
	}

	/**
	 * Returns whether writes can move between these nodes for this cause; null stands for
	 * no node.
	 */
	private static boolean canOccur(Cause cause, @Nullable Node from, @Nullable Node to, Node preferred) {
		boolean moved = !Objects.equals(from, to);
		return switch (cause) {
			case STARTUP, NODE_RETURNED -> from == null;
			case NODE_LOST, ROLE_CHANGED -> moved || from == null;
			case FAILBACK -> moved && from != null && preferred.equals(to);
			case SWITCHOVER -> moved && to != null;
			case READS_MOVED -> !moved && from != null;
		};
	}

	private void bindTimers(MeterRegistry registry, List<Node> nodes) {
		FailoverMeter.DETECTION.timer(registry, Tags.empty());
		for (Node node : nodes) {
			for (Verdict verdict : Verdict.values()) {
				FailoverMeter.PROBE.timer(registry, probe(node, verdict));
			}
		}
		this.timings.bindTo(registry);
	}

	private void bindRequests(MeterRegistry registry, Failover current) {
		FailoverMeter.WAITING.gauge(registry, Tags.empty(), () -> current.requests().waiting());
		// This object lives as long as the application, which the counters rely on.
		FailoverMeter.REQUESTS.counter(registry, Tags.of("outcome", "held"), this,
				(metrics) -> current.requests().held());
		FailoverMeter.REQUESTS.counter(registry, Tags.of("outcome", "refused"), this,
				(metrics) -> current.requests().refused());
	}

	private static void bindFindings(MeterRegistry registry, @Nullable Doctor doctor) {
		if (doctor == null) {
			return;
		}
		for (Severity severity : Severity.values()) {
			FailoverMeter.FINDINGS.gauge(registry, Tags.of("severity", severity.name().toLowerCase(Locale.ROOT)),
					() -> doctor.findings().stream().filter((finding) -> finding.severity() == severity).count());
		}
	}

	@Override
	public void probed(Node node, Probe probe) {
		this.timings.record(FailoverMeter.PROBE, probe(node, probe.verdict()), probe.took());
	}

	@Override
	public void suspected(Node node) {
		this.totals.add(FailoverMeter.SUSPICIONS, node(node), 1);
	}

	@Override
	public void outcomeUnknown(Node node) {
		this.totals.add(FailoverMeter.OUTCOMES_UNKNOWN, node(node), 1);
	}

	@Override
	public void changed(FailoverEvent event) {
		if (event instanceof RouteChangedEvent changed) {
			count(changed.change());
		}
	}

	@Override
	public void operationEnded(Operation operation, Outcome outcome) {
		this.totals.add(FailoverMeter.OPERATIONS, operation(operation.action(), outcome), 1);
	}

	private void count(RouteChange change) {
		this.totals.add(FailoverMeter.CHANGES, change(change.from(), change.to(), change.cause()), 1);
		this.totals.add(FailoverMeter.ABORTED, Tags.empty(), change.abortedConnections());
		if (change.detection() != null) {
			this.timings.record(FailoverMeter.DETECTION, Tags.empty(), change.detection());
		}
	}

	private static Tags node(Node node) {
		return Tags.of("node", node.name());
	}

	private static Tags probe(Node node, Verdict verdict) {
		return node(node).and("outcome", verdict.name().toLowerCase(Locale.ROOT));
	}

	private static Tags operation(Action action, Outcome outcome) {
		return Tags.of("action", action.label(), "outcome", outcome.label());
	}

	private static Tags change(@Nullable Node from, @Nullable Node to, Cause cause) {
		return Tags.of("from", name(from), "to", name(to), "cause", cause.label());
	}

	private static String name(@Nullable Node node) {
		return (node != null) ? node.name() : "none";
	}

}
