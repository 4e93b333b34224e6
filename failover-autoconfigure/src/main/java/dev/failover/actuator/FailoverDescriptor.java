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
import dev.failover.PoolStats;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.internal.doctor.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Body of the endpoint's answer: its components are the names in the JSON.
 * <p>
 * What is not known is shown as {@code null}, not left out.
 */
@JsonInclude(Include.ALWAYS)
record FailoverDescriptor(Mode mode, RouteDescriptor route, boolean automatic, boolean ready,
		List<ConditionDescriptor> conditions, Duration detectionBudget, Map<String, NodeDescriptor> nodes,
		List<ChangeDescriptor> changes, List<FindingDescriptor> findings) implements OperationResponseBody {

	static FailoverDescriptor of(FailoverState state, Function<Node, PoolStats> pools, List<Finding> findings) {
		Map<String, NodeDescriptor> nodes = new LinkedHashMap<>();
		for (NodeStatus status : state.nodes()) {
			nodes.put(status.node().name(), NodeDescriptor.of(status, pools.apply(status.node())));
		}
		return new FailoverDescriptor(state.route().mode(), RouteDescriptor.of(state.route()), state.automatic(),
				state.ready(), state.conditions().stream().map(ConditionDescriptor::of).toList(),
				state.detectionBudget(), nodes, state.changes().stream().map(ChangeDescriptor::of).toList(),
				findings.stream().map(FindingDescriptor::of).toList());
	}

	private static @Nullable String name(@Nullable Node node) {
		return (node != null) ? node.name() : null;
	}

	/**
	 * The route.
	 */
	@JsonInclude(Include.ALWAYS)
	record RouteDescriptor(@Nullable String writes, @Nullable String reads, long epoch, Instant since, String cause) {

		static RouteDescriptor of(Route route) {
			return new RouteDescriptor(name(route.writes()), name(route.reads()), route.epoch(), route.since(),
					route.cause().label());
		}

	}

	/**
	 * A condition.
	 */
	@JsonInclude(Include.ALWAYS)
	record ConditionDescriptor(Condition.Kind condition, @Nullable String node, Instant since, String detail) {

		static ConditionDescriptor of(Condition condition) {
			return new ConditionDescriptor(condition.kind(), name(condition.node()), condition.since(),
					condition.detail());
		}

	}

	/**
	 * One change of the route.
	 */
	@JsonInclude(Include.ALWAYS)
	record ChangeDescriptor(long epoch, Instant at, Mode mode, @Nullable String from, @Nullable String to, String cause,
			String evidence, @Nullable Duration detection, int abortedConnections) {

		static ChangeDescriptor of(RouteChange transition) {
			return new ChangeDescriptor(transition.epoch(), transition.at(), transition.mode(), name(transition.from()),
					name(transition.to()), transition.cause().label(), transition.evidence(), transition.detection(),
					transition.abortedConnections());
		}

	}

	/**
	 * What would hurt on the day of the outage.
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
