package dev.failover.internal.doctor;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.dialect.ErrorClassifier;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * A node that is alive and refuses us. That it has no room for one connection more at
 * this moment is no finding.
 */
final class LoginCheck implements Check {

	static final String ID = "login-refused";

	private final ErrorClassifier errors;

	LoginCheck(ErrorClassifier errors) {
		this.errors = errors;
	}

	@Override
	public List<Finding> examine(CheckContext examination) {
		return examination.nodes()
			.stream()
			.flatMap((node) -> examine(node, examination.state().status(node.node()), examination).stream())
			.toList();
	}

	private Optional<Finding> examine(NodeSettings node, NodeStatus status, CheckContext examination) {
		if (status.state() == NodeState.UP) {
			return Optional.empty();
		}
		Probe probe = status.lastProbe();
		String error = (probe != null) ? probe.error() : null;
		if (status.state() != NodeState.IMPAIRED || error == null || overloaded(error)) {
			return examination.before(ID, node.node());
		}
		return Optional.of(new Finding(ID, Severity.WARNING, node.node(),
				"The node is alive and refuses our login, so it cannot take over: " + error + ".",
				"Correct '" + node.prefix() + ".username', '" + node.prefix()
						+ ".password' and the database of the URL, or the server's pg_hba.conf and roles."));
	}

	/**
	 * The text of a probe's error begins with its SQLState.
	 */
	private boolean overloaded(String error) {
		String state = error.split(" ", 2)[0];
		return this.errors.classify(new SQLException(error, state)).filter(ErrorClass.OVERLOADED::equals).isPresent();
	}

}
