package dev.failover.actuator;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.failover.Access;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges that read the current state; what is not known is not a number.
 */
final class StateGauges implements MeterBinder {

	private final Supplier<FailoverState> states;

	StateGauges(Supplier<FailoverState> states) {
		this.states = states;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		flag("failover.ready", Tags.empty(), FailoverState::ready).register(registry);
		for (NodeStatus status : this.states.get().nodes()) {
			bindTo(registry, status.node());
		}
	}

	private void bindTo(MeterRegistry registry, Node node) {
		Tags tags = Tags.of("node", node.name());
		route(node, Access.WRITES, tags.and("access", "writes")).register(registry);
		route(node, Access.READS, tags.and("access", "reads")).register(registry);
		flag("failover.node.up", tags, (state) -> state.status(node).isUp()).register(registry);
		flag("failover.node.writable", tags, (state) -> state.status(node).isWritable()).register(registry);
		gauge("failover.replication.lag", tags, (state) -> lag(state.status(node))).baseUnit("seconds")
			.register(registry);
		gauge("failover.replication.lag.bytes", tags, (state) -> behind(state.status(node))).baseUnit(BaseUnits.BYTES)
			.register(registry);
	}

	private Gauge.Builder<Supplier<Number>> route(Node node, Access access, Tags tags) {
		return flag("failover.route", tags, (state) -> node.equals(state.route().target(access)));
	}

	private Gauge.Builder<Supplier<Number>> flag(String name, Tags tags, Predicate<FailoverState> value) {
		return gauge(name, tags, (state) -> value.test(state) ? 1 : 0);
	}

	private Gauge.Builder<Supplier<Number>> gauge(String name, Tags tags, ToDoubleFunction<FailoverState> value) {
		Supplier<Number> current = () -> value.applyAsDouble(this.states.get());
		return Gauge.builder(name, current).tags(tags);
	}

	/**
	 * Lag of a node that answers; the last sample of one that does not says nothing.
	 */
	private static double lag(NodeStatus status) {
		Replication sample = status.replication();
		Duration lag = (status.isUp() && sample != null) ? sample.lag() : null;
		return (lag != null) ? lag.toNanos() / 1e9 : Double.NaN;
	}

	private static double behind(NodeStatus status) {
		Replication sample = status.replication();
		Long bytes = (status.isUp() && sample != null) ? sample.behind() : null;
		return (bytes != null) ? bytes : Double.NaN;
	}

}
