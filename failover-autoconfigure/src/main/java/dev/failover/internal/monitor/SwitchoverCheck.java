package dev.failover.internal.monitor;

import java.util.List;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.internal.policy.Situation;

/**
 * Checks whether an operator's move of the route may begin.
 */
final class SwitchoverCheck {

	private final Situation situation;

	private final List<Condition> conditions;

	SwitchoverCheck(Situation situation, List<Condition> conditions) {
		this.situation = situation;
		this.conditions = conditions;
	}

	/**
	 * Checks the target.
	 * @param force whether to accept a node that lags, is not verified or has diverged
	 * @throws OperationRefusedException if the move may not begin
	 */
	void check(Node target, boolean force) {
		NodeStatus status = this.situation.status(target).orElseThrow();
		if (!this.situation.route().decided()) {
			throw new OperationRefusedException("No route has been decided yet; try again in a moment");
		}
		if (target.equals(this.situation.route().writes())) {
			throw new OperationRefusedException("Writes go to '" + target + "' already");
		}
		if (!status.isUp()) {
			throw new OperationRefusedException(
					"Node '" + target + "' is " + status.state() + ", breaker " + status.breaker());
		}
		List<String> against = this.conditions.stream()
			.filter((condition) -> target.equals(condition.node()) || condition.kind() == Kind.SPLIT_BRAIN)
			.map(Condition::label)
			.toList();
		boolean unknown = status.replication() == null && this.situation.leadership().isKnown();
		if (!force && (!against.isEmpty() || unknown)) {
			throw new OperationRefusedException("Node '" + target + "' is not fit to take over: "
					+ (against.isEmpty() ? "its replication is not known yet" : String.join(", ", against))
					+ ". Repair that, or use \"force\": true and accept the loss of what it lacks");
		}
	}

}
