package dev.failover.actuator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.failover.Condition.Kind;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of the current state. An unknown value is shown as NaN.
 */
final class StateGauges {

	/** A replication sample older than this many detection budgets is stale. */
	private static final int STALE = 2;

	private final Supplier<FailoverState> states;

	private final Clock clock;

	StateGauges(Supplier<FailoverState> states, Clock clock) {
		this.states = states;
		this.clock = clock;
	}

	void bindTo(MeterRegistry registry) {
		FailoverState state = this.states.get();
		flag(registry, FailoverMeter.ENGINE_WORKING, Tags.empty(),
				(current) -> current.conditions()
					.stream()
					.noneMatch((condition) -> condition.kind() == Kind.ENGINE_DOWN));
		flag(registry, FailoverMeter.READY, Tags.empty(), FailoverState::ready);
		for (Kind kind : Kind.values()) {
			if (!kind.isOfNode()) {
				condition(registry, kind, null);
			}
		}
		for (NodeStatus status : state.nodes()) {
			bindTo(registry, status.node(), state.positionUnit());
		}
	}

	private void bindTo(MeterRegistry registry, Node node, String unit) {
		Tags tags = Tags.of("node", node.name());
		flag(registry, FailoverMeter.ROUTE, tags.and("access", "writes"),
				(state) -> node.equals(state.route().writes()));
		flag(registry, FailoverMeter.ROUTE, tags.and("access", "reads"),
				(state) -> state.route().reads().contains(node));
		flag(registry, FailoverMeter.NODE_UP, tags, (state) -> state.status(node).isUp());
		flag(registry, FailoverMeter.NODE_WRITABLE, tags, (state) -> state.status(node).isWritable());
		for (Kind kind : Kind.values()) {
			if (kind.isOfNode()) {
				condition(registry, kind, node);
			}
		}
		gauge(registry, FailoverMeter.LAG, tags, (state) -> lag(state, node));
		gauge(registry, FailoverMeter.BEHIND, tags.and("unit", unit), (state) -> behind(state, node));
	}

	private void condition(MeterRegistry registry, Kind kind, @Nullable Node node) {
		Tags tags = Tags.of("condition", kind.name(), "node", (node != null) ? node.name() : "all");
		flag(registry, FailoverMeter.CONDITION, tags,
				(state) -> state.conditions()
					.stream()
					.anyMatch((condition) -> condition.kind() == kind && Objects.equals(condition.node(), node)));
	}

	private void flag(MeterRegistry registry, FailoverMeter meter, Tags tags, Predicate<FailoverState> value) {
		gauge(registry, meter, tags, (state) -> value.test(state) ? 1 : 0);
	}

	private void gauge(MeterRegistry registry, FailoverMeter meter, Tags tags, ToDoubleFunction<FailoverState> value) {
		meter.gauge(registry, tags, () -> value.applyAsDouble(this.states.get()));
	}

	private double lag(FailoverState state, Node node) {
		Replication sample = sample(state, node);
		Duration lag = (sample != null) ? sample.lag() : null;
		return (lag != null) ? lag.toNanos() / 1e9 : Double.NaN;
	}

	private double behind(FailoverState state, Node node) {
		Replication sample = sample(state, node);
		Long behind = (sample != null) ? sample.behind() : null;
		return (behind != null) ? behind : Double.NaN;
	}

	/**
	 * Returns the replication sample of a node if it is valid: the node answers,
	 * replicates the leader, and its sample is not stale.
	 */
	private @Nullable Replication sample(FailoverState state, Node node) {
		NodeStatus status = state.status(node);
		Replication sample = status.replication();
		if (sample == null || !status.isUp() || !sample.verified()) {
			return null;
		}
		Instant oldest = this.clock.instant().minus(state.detectionBudget().multipliedBy(STALE));
		return sample.sampledAt().isBefore(oldest) ? null : sample;
	}

}
