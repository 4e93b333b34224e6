package dev.failover.actuator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.failover.Condition;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether the application has a database to work with.
 * <p>
 * Thread-safe. Serves what the probes found: it never opens a connection and never hangs.
 */
public final class FailoverHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<FailoverState> states;

	/**
	 * Create the indicator.
	 * @param states tells the current state
	 */
	public FailoverHealthIndicator(Supplier<FailoverState> states) {
		super("Failover health check failed");
		this.states = states;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		FailoverState state = this.states.get();
		builder.status(status(state))
			.withDetail("mode", state.route().mode())
			.withDetail("epoch", state.route().epoch())
			.withDetail("ready", state.ready())
			.withDetail("conditions", state.conditions().stream().map(Condition::label).toList())
			.withDetail("nodes", nodes(state.nodes()));
	}

	private static Status status(FailoverState state) {
		Node serving = state.route().serving();
		if (serving != null) {
			return state.status(serving).isLost() ? Status.DOWN : Status.UP;
		}
		boolean undecided = !state.route().decided() && !state.nodes().stream().allMatch(NodeStatus::isConclusive);
		return undecided ? Status.UNKNOWN : Status.DOWN;
	}

	private static Map<String, Map<String, String>> nodes(List<NodeStatus> nodes) {
		Map<String, Map<String, String>> details = new LinkedHashMap<>();
		for (NodeStatus status : nodes) {
			Map<String, String> detail = new LinkedHashMap<>();
			detail.put("state", status.state().name());
			detail.put("role", status.role().name());
			details.put(status.node().name(), detail);
		}
		return details;
	}

}
