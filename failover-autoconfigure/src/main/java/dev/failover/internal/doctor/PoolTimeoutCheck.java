package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds pools whose callers time out before the route leaves a silent node.
 */
final class PoolTimeoutCheck implements Check {

	static final String ID = "connection-timeout-short";

	@Override
	public List<Finding> check(CheckContext context) {
		Duration budget = context.state().detectionBudget();
		return context.nodes()
			.stream()
			.filter((node) -> node.connectionTimeout().compareTo(budget) < 0)
			.map((node) -> finding(node, budget))
			.toList();
	}

	private static Finding finding(NodeSettings node, Duration budget) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"The pool's connection time-out of " + Durations.text(node.connectionTimeout())
						+ " is shorter than the detection budget of " + Durations.text(budget)
						+ ": callers time out before the route leaves a silent node.",
				"Raise '" + node.poolProperty("connection-timeout") + "' above " + Durations.text(budget)
						+ ", or shorten 'failover.detection.interval' and 'failover.detection.timeout'.");
	}

}
