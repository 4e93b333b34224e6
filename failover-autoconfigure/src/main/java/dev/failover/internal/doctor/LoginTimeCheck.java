package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds logins that take longer than a probe may take: once the connection of the probes
 * is lost, a running node cannot answer a probe in time. Two inspections in a row must
 * find it.
 */
final class LoginTimeCheck implements Check {

	static final String ID = "login-slow";

	private final Duration probeTimeout;

	LoginTimeCheck(Duration probeTimeout) {
		this.probeTimeout = probeTimeout;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes().stream().flatMap((node) -> check(context, node)).toList();
	}

	private Stream<Finding> check(CheckContext context, NodeSettings node) {
		NodeInspection now = context.inspections().get(node.node());
		NodeInspection before = context.earlierInspections().get(node.node());
		if (now == null || before == null || !isSlow(now) || !isSlow(before)) {
			return Stream.empty();
		}
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"Connect and login took " + Durations.text(now.login()) + ", but a probe may take only "
						+ Durations.text(this.probeTimeout)
						+ ": if the connection of the probes breaks, this node is taken for lost although it works.",
				"Set 'failover.detection.timeout' to three times the duration of the login, or make the login"
						+ " faster (name service, authentication, distance)."));
	}

	private boolean isSlow(NodeInspection inspection) {
		return inspection.login().compareTo(this.probeTimeout) >= 0;
	}

}
