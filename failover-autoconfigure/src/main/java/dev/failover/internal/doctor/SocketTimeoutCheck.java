package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * A time-out for answers that ends before it is known whether the node is lost.
 */
final class SocketTimeoutCheck implements Check {

	static final String ID = "socket-timeout-short";

	@Override
	public List<Finding> examine(CheckContext examination) {
		Duration budget = examination.state().detectionBudget();
		return examination.nodes().stream().flatMap((node) -> examine(node, budget)).toList();
	}

	private static Stream<Finding> examine(NodeSettings node, Duration budget) {
		Duration socket = node.timeouts().socket();
		if (socket == null || socket.isZero() || socket.compareTo(budget) >= 0) {
			return Stream.empty();
		}
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"The driver's socket time-out of " + Durations.text(socket)
						+ " is shorter than the detection budget of " + Durations.text(budget)
						+ ": connections break, and statements that take longer fail, while the node is well.",
				"Remove it: connections of a silent node are aborted when the route leaves it."
						+ " Or set it above the longest statement."));
	}

}
