package dev.failover.actuator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.failover.Condition;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Operation;
import dev.failover.PoolStats;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.internal.doctor.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Body of the endpoint's answer. The names of its components are the names in the JSON.
 * <p>
 * Unknown values are shown as {@code null}, not left out.
 */
@JsonInclude(Include.ALWAYS)
record FailoverDescriptor(Mode mode, RouteDescriptor route, boolean automatic, boolean ready,
		List<ConditionDescriptor> conditions, @Nullable OperationDescriptor operation, Duration detectionBudget,
		Map<String, NodeDescriptor> nodes, List<ChangeDescriptor> changes,
		List<FindingDescriptor> findings) implements OperationResponseBody {

	static FailoverDescriptor of(FailoverState state, Function<Node, PoolStats> pools, List<Finding> findings) {
		Map<String, NodeDescriptor> nodes = new LinkedHashMap<>();
		for (NodeStatus status : state.nodes()) {
			nodes.put(status.node().name(),
					NodeDescriptor.of(status, pools.apply(status.node()), state.positionUnit()));
		}
		Operation operation = state.operation();
		return new FailoverDescriptor(state.mode(), RouteDescriptor.of(state.route()), state.automatic(), state.ready(),
				state.conditions().stream().map(ConditionDescriptor::of).toList(),
				(operation != null) ? OperationDescriptor.of(operation) : null, state.detectionBudget(), nodes,
				state.changes().stream().map(ChangeDescriptor::of).toList(),
				findings.stream().map(FindingDescriptor::of).toList());
	}

	private static @Nullable String name(@Nullable Node node) {
		return (node != null) ? node.name() : null;
	}

	/**
	 * Current route.
	 */
	@JsonInclude(Include.ALWAYS)
	record RouteDescriptor(@Nullable String writes, List<String> reads, long epoch, Instant since, String cause) {

		static RouteDescriptor of(Route route) {
			return new RouteDescriptor(name(route.writes()), route.reads().stream().map(Node::name).toList(),
					route.epoch(), route.since(), route.cause().label());
		}

	}

	/**
	 * Condition that limits failover.
	 */
	@JsonInclude(Include.ALWAYS)
	record ConditionDescriptor(Condition.Kind condition, @Nullable String node, Instant since, String detail) {

		static ConditionDescriptor of(Condition condition) {
			return new ConditionDescriptor(condition.kind(), name(condition.node()), condition.since(),
					condition.detail());
		}

	}

	/**
	 * Operation under way.
	 */
	@JsonInclude(Include.ALWAYS)
	record OperationDescriptor(String action, @Nullable String target, @Nullable String detail, String operator,
			Instant since) {

		static OperationDescriptor of(Operation operation) {
			return new OperationDescriptor(operation.action().label(), name(operation.target()), operation.detail(),
					operation.operator(), operation.since());
		}

	}

	/**
	 * Change of the route.
	 */
	@JsonInclude(Include.ALWAYS)
	record ChangeDescriptor(long epoch, Instant at, Mode mode, @Nullable String from, @Nullable String to, String cause,
			String evidence, @Nullable Duration detection, int abortedConnections) {

		static ChangeDescriptor of(RouteChange change) {
			return new ChangeDescriptor(change.epoch(), change.at(), change.mode(), name(change.from()),
					name(change.to()), change.cause().label(), change.evidence(), change.detection(),
					change.abortedConnections());
		}

	}

	/**
	 * Finding of the doctor.
	 */
	@JsonInclude(Include.ALWAYS)
	record FindingDescriptor(String id, Finding.Severity severity, @Nullable String node, String problem,
			String remedy) {

		static FindingDescriptor of(Finding finding) {
			return new FindingDescriptor(finding.id(), finding.severity(), name(finding.node()), finding.problem(),
					finding.remedy());
		}

	}

}
