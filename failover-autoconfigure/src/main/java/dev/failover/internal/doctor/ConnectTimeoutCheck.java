package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Finds connect and login time-outs that last much longer than the detection of a silent
 * node. The callers are released when the route leaves the node, but threads that are
 * connecting are not where the sockets are the driver's own or a name is being resolved.
 */
final class ConnectTimeoutCheck implements Check {

	static final String CONNECT = "connect-timeout-long";

	static final String LOGIN = "login-timeout-long";

	@Override
	public List<Finding> check(CheckContext context) {
		Duration budget = context.state().detectionBudget();
		return context.nodes()
			.stream()
			.flatMap((node) -> Stream.concat(check(CONNECT, "connect", node, node.timeouts().connect(), budget),
					check(LOGIN, "login", node, node.timeouts().login(), budget)))
			.toList();
	}

	private static Stream<Finding> check(String id, String what, NodeSettings node, @Nullable Duration timeout,
			Duration budget) {
		if (timeout == null || (!timeout.isZero() && timeout.compareTo(budget) <= 0)) {
			return Stream.empty();
		}
		boolean useless = timeout.isZero() || timeout.compareTo(node.connectionTimeout()) > 0;
		String set = timeout.isZero() ? "is switched off" : "of " + Durations.text(timeout) + " exceeds the detection"
				+ " budget of " + Durations.text(budget) + (useless ? " and the pool's connection time-out" : "");
		return Stream.of(new Finding(id, useless ? Severity.WARNING : Severity.INFO, node.node(),
				"The driver's " + what + " time-out " + set
						+ ": an attempt to connect to a silent node can block a thread"
						+ (timeout.isZero() ? " indefinitely." : " for that time."),
				remedy(useless, Durations.wholeSeconds(budget))));
	}

	private static String remedy(boolean useless, long seconds) {
		return useless
				? "Remove the time-out, so that the pool's connection time-out applies, or set it to " + seconds + " s."
				: "Set the time-out to " + seconds + " s.";
	}

}
