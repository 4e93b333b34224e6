package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds socket time-outs that are shorter than the detection of a silent node.
 */
final class SocketTimeoutCheck implements Check {

	static final String ID = "socket-timeout-short";

	@Override
	public List<Finding> check(CheckContext context) {
		Duration budget = context.state().detectionBudget();
		return context.nodes().stream().flatMap((node) -> check(node, budget)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, Duration budget) {
		Duration socket = node.timeouts().socket();
		if (socket == null || socket.isZero() || socket.compareTo(budget) >= 0) {
			return Stream.empty();
		}
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"The driver's socket time-out of " + Durations.text(socket)
						+ " is shorter than the detection budget of " + Durations.text(budget)
						+ ": statements that take longer fail and break their connections although the node works.",
				"Remove the time-out: connections to a silent node are aborted when the route leaves it."
						+ " Or set it above the duration of the longest statement."));
	}

}
