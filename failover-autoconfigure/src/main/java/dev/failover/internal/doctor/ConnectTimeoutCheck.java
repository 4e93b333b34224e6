package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Time-outs for connecting and login that go on long after the route has left a silent
 * node. Callers are released by then; the threads that connect are not.
 */
final class ConnectTimeoutCheck implements Check {

	static final String CONNECT = "connect-timeout-long";

	static final String LOGIN = "login-timeout-long";

	@Override
	public List<Finding> examine(CheckContext examination) {
		Duration budget = examination.state().detectionBudget();
		return examination.nodes()
			.stream()
			.flatMap((node) -> Stream.concat(examine(CONNECT, "connect", node, node.timeouts().connect(), budget),
					examine(LOGIN, "login", node, node.timeouts().login(), budget)))
			.toList();
	}

	private static Stream<Finding> examine(String id, String what, NodeSettings node, @Nullable Duration timeout,
			Duration budget) {
		if (timeout == null || (!timeout.isZero() && timeout.compareTo(budget) <= 0)) {
			return Stream.empty();
		}
		boolean useless = timeout.isZero() || timeout.compareTo(node.connectionTimeout()) > 0;
		String set = timeout.isZero() ? "is switched off" : "of " + Durations.text(timeout) + " exceeds the detection"
				+ " budget of " + Durations.text(budget) + (useless ? " and the pool's connection time-out" : "");
		return Stream.of(new Finding(id, useless ? Severity.WARNING : Severity.INFO, node.node(),
				"The driver's " + what + " time-out " + set + ": each attempt to reach a silent node holds a thread"
						+ (timeout.isZero() ? " for ever." : " for that long."),
				remedy(useless, Math.max(1, budget.plusMillis(999).toSeconds()))));
	}

	private static String remedy(boolean useless, long seconds) {
		return useless
				? "Remove it, so that the pool's connection time-out is the bound, or set it to " + seconds + " s."
				: "Set it to " + seconds + " s.";
	}

}
