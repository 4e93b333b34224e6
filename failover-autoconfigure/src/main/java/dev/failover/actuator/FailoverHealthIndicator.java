package dev.failover.actuator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} that is up while the application has a node to work with.
 * <p>
 * Thread-safe. It shows the results of the probes: it never opens a connection, and
 * blocks only until the engine is built.
 */
public final class FailoverHealthIndicator extends AbstractHealthIndicator {

	private final Failover failover;

	/**
	 * Creates the indicator.
	 * @param failover provides the current state
	 */
	public FailoverHealthIndicator(Failover failover) {
		super("Failover health check failed");
		this.failover = failover;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		FailoverState state = this.failover.state();
		builder.status(status(state))
			.withDetail("mode", state.mode())
			.withDetail("epoch", state.route().epoch())
			.withDetail("automatic", state.automatic())
			.withDetail("ready", state.ready())
			.withDetail("conditions", state.conditions().stream().map(FailoverHealthIndicator::describe).toList())
			.withDetail("nodes", nodes(state.nodes()));
	}

	/**
	 * Returns the status. It is down while the engine does not work, because what is
	 * known of the nodes may not be true any more. A serving node that is alive but
	 * refuses logins counts as down once its pool has no connection left, as with a
	 * single pool.
	 */
	private Status status(FailoverState state) {
		if (state.conditions().stream().anyMatch((condition) -> condition.kind() == Kind.ENGINE_DOWN)) {
			return Status.DOWN;
		}
		Node serving = state.route().serving();
		if (serving != null) {
			NodeStatus node = state.status(serving);
			boolean empty = node.state() == NodeState.IMPAIRED && this.failover.pool(serving).total() == 0;
			return (node.isLost() || empty) ? Status.DOWN : Status.UP;
		}
		boolean undecided = !state.route().decided() && !state.nodes().stream().allMatch(NodeStatus::isConclusive);
		return undecided ? Status.UNKNOWN : Status.DOWN;
	}

	private static String describe(Condition condition) {
		return condition.label() + ": " + condition.detail();
	}

	private static Map<String, Map<String, String>> nodes(List<NodeStatus> nodes) {
		Map<String, Map<String, String>> details = new LinkedHashMap<>();
		for (NodeStatus status : nodes) {
			Map<String, String> detail = new LinkedHashMap<>();
			detail.put("address", status.address());
			detail.put("state", status.state().name());
			detail.put("role", status.role().name());
			details.put(status.node().name(), detail);
		}
		return details;
	}

}
