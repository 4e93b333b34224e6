package dev.failover.internal.doctor;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.failover.ErrorClass;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.dialect.Dialect;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds nodes that answer but refuse the login. A node that has no room for another
 * connection at the moment, or cannot be connected to, is not a finding.
 */
final class LoginCheck implements Check {

	static final String ID = "login-refused";

	/** Reasons of an impaired node that say nothing about user and password. */
	private static final Set<ErrorClass> OTHER_REASONS = EnumSet.of(ErrorClass.OVERLOADED, ErrorClass.UNUSABLE,
			ErrorClass.CONNECTION_LOST, ErrorClass.STARTING_UP);

	private final Dialect dialect;

	LoginCheck(Dialect dialect) {
		this.dialect = dialect;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes()
			.stream()
			.flatMap((node) -> check(node, context.state().status(node.node()), context).stream())
			.toList();
	}

	private Optional<Finding> check(NodeSettings node, NodeStatus status, CheckContext context) {
		if (status.state() == NodeState.UP) {
			return Optional.empty();
		}
		Probe probe = status.lastProbe();
		if (status.state() != NodeState.IMPAIRED || probe == null || probe.error() == null
				|| OTHER_REASONS.contains(probe.errorClass())) {
			return context.previousFinding(ID, node.node());
		}
		return Optional.of(new Finding(ID, Severity.WARNING, node.node(),
				"The server is running but refuses the login, so the node cannot take over: " + probe.error() + ".",
				"Check '" + node.prefix() + ".username', '" + node.prefix() + ".password' and the database in '"
						+ node.prefix() + ".url'. " + this.dialect.loginRemedy()));
	}

}
