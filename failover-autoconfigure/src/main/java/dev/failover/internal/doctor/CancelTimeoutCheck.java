package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds time-outs of cancel requests that last much longer than the detection of a silent
 * node. A statement whose query time-out has passed waits for its cancel request.
 */
final class CancelTimeoutCheck implements Check {

	static final String ID = "cancel-timeout-long";

	@Override
	public List<Finding> check(CheckContext context) {
		Duration budget = context.state().detectionBudget();
		return context.nodes().stream().flatMap((node) -> check(node, budget)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, Duration budget) {
		Duration cancel = node.timeouts().cancel();
		Duration limit = Duration.ofSeconds(Durations.wholeSeconds(budget));
		if (cancel == null || (!cancel.isZero() && cancel.compareTo(limit) <= 0)) {
			return Stream.empty();
		}
		String set = cancel.isZero() ? "is switched off"
				: "of " + Durations.text(cancel) + " exceeds the detection budget of " + Durations.text(budget);
		return Stream.of(new Finding(ID, cancel.isZero() ? Severity.WARNING : Severity.INFO, node.node(),
				"The driver's time-out of cancel requests " + set
						+ ": while a node is silent, a query time-out can take that long to interrupt its statement,"
						+ " and the driver can delay other cancel requests meanwhile.",
				"Remove the time-out, so that cancel requests are bounded by default, or set it to " + limit.toSeconds()
						+ " s."));
	}

}
