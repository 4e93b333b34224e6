package dev.failover.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.failover.Condition;
import dev.failover.FailoverState;
import dev.failover.NodeStatus;
import dev.failover.Operation;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Route;
import dev.failover.RouteChange;
import org.jspecify.annotations.Nullable;

/**
 * Translates a state from the clock of the engine to the time of day.
 *
 * @param offset time by which the time of day is ahead of the clock of the engine
 */
record TimeOfDay(Duration offset) {

	/** A smaller offset is not worth a copy. */
	private static final Duration LEAST = Duration.ofSeconds(1);

	/**
	 * Returns the state with all times shifted by the offset.
	 */
	FailoverState of(FailoverState state) {
		if (this.offset.abs().compareTo(LEAST) < 0) {
			return state;
		}
		return new FailoverState(of(state.route()), state.automatic(), state.ready(), all(state.conditions(), this::of),
				state.operation(), state.detectionBudget(), state.positionUnit(), all(state.nodes(), this::of),
				all(state.changes(), this::of));
	}

	/**
	 * Returns the operation with its time shifted by the offset.
	 */
	Operation of(Operation operation) {
		return new Operation(operation.action(), operation.target(), operation.detail(), operation.operator(),
				of(operation.since()));
	}

	private static <T> List<T> all(List<T> values, UnaryOperator<T> translation) {
		return values.stream().map(translation).toList();
	}

	private Instant of(Instant time) {
		return time.plus(this.offset);
	}

	private @Nullable Instant orNull(@Nullable Instant time) {
		return (time != null) ? of(time) : null;
	}

	private Route of(Route route) {
		return new Route(route.writes(), route.reads(), route.mode(), route.epoch(), of(route.since()), route.cause());
	}

	private Condition of(Condition condition) {
		return new Condition(condition.kind(), condition.node(), of(condition.since()), condition.detail());
	}

	private RouteChange of(RouteChange change) {
		return new RouteChange(change.epoch(), of(change.at()), change.mode(), change.from(), change.to(),
				change.cause(), change.evidence(), change.detection(), change.abortedConnections());
	}

	private NodeStatus of(NodeStatus status) {
		Probe probe = status.lastProbe();
		Replication sample = status.replication();
		return new NodeStatus(status.node(), status.address(), status.server(), status.instance(), status.state(),
				status.role(), status.breaker(), of(status.since()), orNull(status.lastAnswered()),
				(probe != null) ? of(probe) : null, status.history(), (sample != null) ? of(sample) : null);
	}

	private Probe of(Probe probe) {
		return new Probe(of(probe.at()), probe.took(), probe.verdict(), probe.error(), probe.errorClass());
	}

	private Replication of(Replication sample) {
		return new Replication(sample.verified(), sample.lag(), sample.behind(), of(sample.sampledAt()),
				sample.synchronous(), sample.problem());
	}

}
