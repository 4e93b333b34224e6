package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * A login that takes longer than a probe may: once the connection that probes are made on
 * is lost, a living node cannot prove in time that it lives. One slow login says little,
 * so two visits in a row must find it.
 */
final class LoginTimeCheck implements Check {

	static final String ID = "login-slow";

	private final Duration probeTimeout;

	LoginTimeCheck(Duration probeTimeout) {
		this.probeTimeout = probeTimeout;
	}

	@Override
	public List<Finding> examine(CheckContext examination) {
		return examination.nodes().stream().flatMap((node) -> examine(examination, node)).toList();
	}

	private Stream<Finding> examine(CheckContext examination, NodeSettings node) {
		NodeInspection now = examination.facts().get(node.node());
		NodeInspection before = examination.earlier().get(node.node());
		if (now == null || before == null || !slow(now) || !slow(before)) {
			return Stream.empty();
		}
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"Connecting and login took " + Durations.text(now.login()) + ", a probe may take "
						+ Durations.text(this.probeTimeout)
						+ ": when the connection of the probes breaks, this node is taken for dead while it is well.",
				"Set 'failover.detection.timeout' to three times that, or make the login faster"
						+ " (name service, authentication, distance)."));
	}

	private boolean slow(NodeInspection facts) {
		return facts.login().compareTo(this.probeTimeout) >= 0;
	}

}
